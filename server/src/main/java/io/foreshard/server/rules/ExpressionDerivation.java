package io.foreshard.server.rules;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a CEL expression over {@code key}, {@code client} and {@code tags}; its type is checked when it is read.
 *
 * <p>CEL has no loops without an end, no classes and no side effects; comprehensions are cut at
 * {@value #ITERATIONS_MAX} iterations.
 */
final class ExpressionDerivation implements Derivation {
    private static final int ITERATIONS_MAX = 10_000;
    private static final CelOptions OPTIONS =
            CelOptions.current().comprehensionMaxIterations(ITERATIONS_MAX).build();

    private final CelRuntime.Program program;
    private final boolean keyOnly;

    private ExpressionDerivation(CelRuntime.Program program, boolean keyOnly) {
        this.program = program;
        this.keyOnly = keyOnly;
    }

    /**
     * Reads and type-checks an expression.
     *
     * @throws ExpressionException when the text is no expression, or one whose value is not a text
     */
    static ExpressionDerivation compile(String expression) throws ExpressionException {
        CelCompilerBuilder keyAlone = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .addLibraries(CelExtensions.strings())
                .addVar("key", SimpleType.STRING)
                .setResultType(SimpleType.STRING);
        // An expression that is one without the other variables looks at the key only.
        boolean keyOnly = !keyAlone.build().compile(expression).hasError();
        CelCompiler compiler = keyAlone.addVar("client", SimpleType.STRING)
                .addVar("tags", MapType.create(SimpleType.STRING, SimpleType.STRING))
                .build();
        CelValidationResult result = compiler.compile(expression, "rule");
        try {
            CelRuntime runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .addLibraries(CelExtensions.strings())
                    .build();
            return new ExpressionDerivation(runtime.createProgram(result.getAst()), keyOnly);
        } catch (CelValidationException e) {
            throw new ExpressionException(result.getErrorString(), e);
        } catch (CelEvaluationException e) {
            throw new ExpressionException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<String> derive(Subject subject) throws DerivationException {
        Map<String, Object> variables = keyOnly
                ? Map.of("key", subject.key())
                : Map.of("key", subject.key(), "client", subject.client(), "tags", subject.tagsByName());
        try {
            return Optional.of((String) program.eval(variables));
        } catch (CelEvaluationException e) {
            throw new DerivationException(
                    String.valueOf(e.getMessage()).replace("evaluation error at rule:", "at "), e);
        }
    }

    @Override
    public boolean looksAtKeyOnly() {
        return keyOnly;
    }

    /** The text is no expression of the kind that was expected; the message shows where. */
    static final class ExpressionException extends Exception {
        private static final long serialVersionUID = 1L;

        ExpressionException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
