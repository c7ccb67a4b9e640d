package io.foreshard.server.terms;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.server.config.Settings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CEL expression that gives a price; its names and types are checked when it is read.
 *
 * <p>CEL has no classes, no input or output and no loops without an end; comprehensions are cut at
 * {@value #ITERATIONS_MAX} iterations.
 */
public final class CostExpression {
    private static final int ITERATIONS_MAX = 10_000;
    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(ITERATIONS_MAX)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final Pattern CEL_ERROR =
            Pattern.compile("ERROR: [^:]*:(\\d+):(\\d+): (.*?)(?:\\R|$)", Pattern.DOTALL);

    private final Per per;
    private final Set<String> used;
    private final CelRuntime.Program program;

    private CostExpression(Per per, Set<String> used, CelRuntime.Program program) {
        this.per = per;
        this.used = used;
        this.program = program;
    }

    /** What a price is asked of, and with which variables. */
    enum Per {
        /** A node that holds anything. */
        NODE,
        /** A partition on a node. */
        PARTITION,
        /** A partition that goes from one node to another. */
        MOVE,
        /** A node's utilisation of one resource in one window. */
        LOAD;

        /** What its variables belong to; the empty one stands for utilisation. */
        private List<String> subjects() {
            return switch (this) {
                case NODE -> List.of("node");
                case PARTITION -> List.of("partition", "node");
                case MOVE -> List.of("partition", "from", "node");
                case LOAD -> List.of("node", "");
            };
        }

        static Optional<Per> named(String name) {
            return Arrays.stream(values())
                    .filter(per -> per.label().equals(name))
                    .findFirst();
        }

        static String names() {
            return String.join(", ", Arrays.stream(values()).map(Per::label).toList());
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The variables by name. */
        private Map<String, CelType> variables() {
            Map<String, CelType> variables = new LinkedHashMap<>();
            for (String subject : subjects()) {
                if (subject.isEmpty()) {
                    variables.put("resource", SimpleType.STRING);
                    variables.put("utilisation", SimpleType.DOUBLE);
                } else {
                    (subject.equals("partition") ? PARTITION_FIELDS : NODE_FIELDS)
                            .forEach((field, type) -> variables.put(subject + "." + field, type));
                }
            }
            return variables;
        }
    }

    private static final Map<String, CelType> NODE_FIELDS = nodeFields();
    private static final Map<String, CelType> PARTITION_FIELDS = partitionFields();

    private static Map<String, CelType> nodeFields() {
        Map<String, CelType> fields = new LinkedHashMap<>();
        fields.put("id", SimpleType.STRING);
        fields.put("zone", SimpleType.STRING);
        fields.put("labels", MapType.create(SimpleType.STRING, SimpleType.STRING));
        for (Resource resource : Resource.values()) {
            fields.put(resource.label(), SimpleType.DOUBLE);
        }
        return fields;
    }

    private static Map<String, CelType> partitionFields() {
        Map<String, CelType> fields = new LinkedHashMap<>();
        fields.put("id", SimpleType.STRING);
        fields.put("table", SimpleType.STRING);
        fields.put("bytes", SimpleType.DOUBLE);
        fields.put("client_bytes", MapType.create(SimpleType.STRING, SimpleType.DOUBLE));
        fields.put("hours_since_move", SimpleType.DOUBLE);
        for (Resource resource : Resource.values()) {
            fields.put(resource.label(), SimpleType.DOUBLE);
            fields.put("peak_" + resource.label(), SimpleType.DOUBLE);
        }
        return fields;
    }

    /**
     * Reads and checks the setting {@code expression} of an entry.
     *
     * @throws InputException with file, line and column when it is no expression that gives a number
     */
    static CostExpression compile(Per per, Settings entry) {
        String text = entry.requiredText("expression");
        CelValidationResult result = compiler(per.variables()).compile(text, "expression");
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            CelType type = tree.getResultType();
            if (!type.equals(SimpleType.DOUBLE) && !type.equals(SimpleType.INT)) {
                throw wrong(entry, 1, 1, "it gives a " + type.name() + ": expected a number");
            }
            CelRuntime runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .addLibraries(CelExtensions.strings(), CelExtensions.math())
                    .build();
            return new CostExpression(per, used(per, text), runtime.createProgram(tree));
        } catch (CelValidationException e) {
            throw refused(entry, per, result.getErrorString());
        } catch (CelEvaluationException e) {
            throw wrong(entry, 1, 1, String.valueOf(e.getMessage()));
        }
    }

    private static CelCompiler compiler(Map<String, CelType> variables) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(
                        CelStandardMacro.HAS,
                        CelStandardMacro.ALL,
                        CelStandardMacro.EXISTS,
                        CelStandardMacro.EXISTS_ONE,
                        CelStandardMacro.MAP,
                        CelStandardMacro.FILTER)
                .addLibraries(CelExtensions.strings(), CelExtensions.math());
        variables.forEach(builder::addVar);
        return builder.build();
    }

    /** The variables without which the text is no expression any more. */
    private static Set<String> used(Per per, String text) {
        Set<String> used = new TreeSet<>();
        Map<String, CelType> all = per.variables();
        for (String name : all.keySet()) {
            int dot = name.indexOf('.');
            if (text.contains(name.substring(dot + 1))) {
                Map<String, CelType> others = new LinkedHashMap<>(all);
                others.remove(name);
                if (compiler(others).compile(text).hasError()) {
                    used.add(name);
                }
            }
        }
        return used;
    }

    private static InputException refused(Settings entry, Per per, String errors) {
        Matcher first = CEL_ERROR.matcher(errors);
        if (!first.find()) {
            return wrong(entry, 1, 1, errors.strip());
        }
        int line = Integer.parseInt(first.group(1));
        int column = Integer.parseInt(first.group(2));
        String message = first.group(3).strip();
        String hint = "";
        if (message.startsWith("undeclared reference")) {
            message = "there is no '" + nameAt(entry.requiredText("expression"), line, column) + "'";
            hint = "; with per: " + per.label() + " there are "
                    + String.join(", ", per.variables().keySet());
        } else if (message.contains("no matching overload") && message.contains("int")) {
            hint = "; write numbers that are used with others as 2.0, not 2";
        }
        return wrong(entry, line, column, message + hint);
    }

    /** The whole dotted name at a place; CEL itself names only its first part. */
    private static String nameAt(String text, int line, int column) {
        String there = text.lines().skip(line - 1).findFirst().orElse("");
        int start = Math.max(0, Math.min(there.length(), column - 1));
        int end = start;
        while (end < there.length()
                && (Character.isJavaIdentifierPart(there.charAt(end)) || there.charAt(end) == '.')) {
            end++;
        }
        return there.substring(start, end);
    }

    private static InputException wrong(Settings entry, int line, int column, String why) {
        return new InputException(
                ErrorCode.SETTING,
                "cost term " + entry.requiredText("name") + " cannot be used ("
                        + entry.place("expression", line, column) + "): " + why);
    }

    Per per() {
        return per;
    }

    /** The names of the variables that it looks at. */
    Set<String> used() {
        return used;
    }

    /**
     * Its value.
     *
     * @throws CelEvaluationException when it fails on these values
     */
    double evaluate(Map<String, Object> variables) throws CelEvaluationException {
        return ((Number) program.eval(variables)).doubleValue();
    }
}
