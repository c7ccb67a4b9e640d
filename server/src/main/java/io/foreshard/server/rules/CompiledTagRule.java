package io.foreshard.server.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.TagRule;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A tag rule as people write it: {@code tenant=key.split("/")[0]} with a CEL expression, or {@code tenant~^([^/]+)/}
 * with a regular expression that is looked for in the key.
 *
 * <p>An empty value means that there is no tag. A record on which the rule fails has no tag either, and is counted.
 * Answers are remembered by key (by key, tags and client when the expression looks at those), in a table of fixed size.
 * Safe for use by many threads.
 */
public final class CompiledTagRule implements TagRule {
    private static final int PLACES = 1 << 16;

    private final String text;
    private final String tagName;
    private final Derivation derivation;
    private final AtomicReferenceArray<@Nullable Answer> answers = new AtomicReferenceArray<>(PLACES);
    private final LongAdder failures = new LongAdder();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

    private CompiledTagRule(String text, String tagName, Derivation derivation) {
        this.text = text;
        this.tagName = tagName;
        this.derivation = derivation;
    }

    /**
     * Reads and checks a rule.
     *
     * @throws InputException when the rule cannot be used; the message shows the place
     */
    public static CompiledTagRule compile(String rule) {
        int sign = 0;
        while (sign < rule.length() && rule.charAt(sign) != '=' && rule.charAt(sign) != '~') {
            sign++;
        }
        if (sign == 0 || sign >= rule.length() - 1) {
            throw bad(
                    rule,
                    "expected NAME=EXPRESSION, such as tenant=key.split(\"/\")[0], or NAME~PATTERN, such as"
                            + " tenant~^([^/]+)/");
        }
        String name = rule.substring(0, sign).strip();
        String body = rule.substring(sign + 1).strip();
        requireName(rule, name);
        Derivation derivation = rule.charAt(sign) == '~' ? pattern(rule, body) : expression(rule, body);
        return new CompiledTagRule(rule, name, derivation);
    }

    private static void requireName(String rule, String name) {
        try {
            Tag unused = new Tag(name, "");
        } catch (IllegalArgumentException e) {
            throw bad(rule, e.getMessage() + "; name the tag that the rule gives before '=' or '~'");
        }
    }

    private static Derivation pattern(String rule, String pattern) {
        try {
            return new PatternDerivation(Pattern.compile(pattern));
        } catch (PatternSyntaxException e) {
            throw bad(rule, e.getMessage() + "; the part behind '~' is a regular expression in RE2 syntax");
        }
    }

    private static Derivation expression(String rule, String expression) {
        try {
            return ExpressionDerivation.compile(expression);
        } catch (ExpressionDerivation.ExpressionException e) {
            throw bad(
                    rule,
                    e.getMessage() + "\nThe part behind '=' is a CEL expression that gives a string, over key, client"
                            + " and tags[\"name\"]");
        }
    }

    private static InputException bad(String rule, @Nullable String why) {
        return new InputException(ErrorCode.SETTING, "tag rule '" + rule + "' cannot be used: " + why + ".");
    }

    @Override
    public String tagName() {
        return tagName;
    }

    @Override
    public Optional<String> valueFor(OpEvent event) {
        Object remembered = derivation.looksAtKeyOnly() ? event.key() : Subject.of(event);
        int place = (remembered.hashCode() * 0x9E3779B9) >>> 16;
        Answer answer = answers.get(place);
        if (answer == null || !answer.question.equals(remembered)) {
            answer = ask(remembered, event);
            answers.set(place, answer);
        }
        if (answer.failed) {
            failures.increment();
        }
        return answer.value;
    }

    private Answer ask(Object question, OpEvent event) {
        try {
            Optional<String> value = derivation.derive(Subject.of(event)).filter(found -> !found.isEmpty());
            value.ifPresent(found -> {
                Tag unused = new Tag(tagName, found);
            });
            return new Answer(question, value, false);
        } catch (Derivation.DerivationException | IllegalArgumentException e) {
            firstFailure.compareAndSet(null, describe(event.key(), e));
            return new Answer(question, Optional.empty(), true);
        }
    }

    private static String describe(Key key, Exception e) {
        return "key '" + key + "': " + e.getMessage();
    }

    /** On how many operations the rule failed; they do not have the tag. */
    public long failures() {
        return failures.sum();
    }

    /** The first record on which the rule failed, and why. */
    public Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure.get());
    }

    /** The rule as it was written. */
    @Override
    public String toString() {
        return text;
    }

    private record Answer(Object question, Optional<String> value, boolean failed) {}
}
