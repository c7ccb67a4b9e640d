package io.foreshard.server.snapshot;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * A value of a JSON file that knows its place, so that whatever is wrong with it can be said with file, line, path,
 * value and what was expected.
 *
 * <p>Whoever reads an object asks for its fields by name, then calls {@link #refuseUnknown()}. Used by one thread.
 */
final class JsonValue {
    private final String file;
    private final int line;
    private final String path;
    private final Object value;
    private final Set<String> asked = new TreeSet<>();

    /**
     * @param value a {@code String}, {@code Double}, {@code Boolean}, {@code double[]} (a list of numbers only),
     *     {@code List<JsonValue>} or {@code Map<String, JsonValue>}
     */
    JsonValue(String file, int line, String path, Object value) {
        this.file = file;
        this.line = line;
        this.path = path;
        this.value = value;
    }

    /** The error for this value: {@code snapshot.json:12: nodes[3].zone is 5: expected a text}. */
    InputException refuse(String expected) {
        String where = path.isEmpty() ? "" : path + " is ";
        return new InputException(
                ErrorCode.CONTENT, file + ":" + line + ": " + where + shown() + ": expected " + expected);
    }

    /** The error for what this value means together with others. */
    InputException wrong(String problem) {
        String what = path.isEmpty() ? "the snapshot" : path;
        return new InputException(ErrorCode.CONTENT, file + ":" + line + ": " + what + " " + problem);
    }

    String path() {
        return path;
    }

    private String shown() {
        if (value instanceof String text) {
            return "\"" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "\"";
        }
        if (value instanceof Double number) {
            return plain(number);
        }
        return value instanceof Boolean ? value.toString() : value instanceof Map ? "an object" : "a list";
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : "" + number;
    }

    // ---- Objects ----------------------------------------------------------------------------------------------------

    /** The fields of an object. */
    @SuppressWarnings("unchecked") // the constructor says what a map holds
    Map<String, JsonValue> fields() {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, JsonValue>) map;
        }
        throw refuse("an object, {...}");
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean has(String name) {
        return get(name).isPresent();
    }

    Optional<JsonValue> get(String name) {
        asked.add(name);
        return Optional.ofNullable(fields().get(name));
    }

    JsonValue required(String name) {
        return get(name).orElseThrow(() -> wrong("has no \"" + name + "\": it cannot be done without"));
    }

    /** The elements of a list field; none when it is absent. */
    List<JsonValue> list(String name) {
        return get(name).map(JsonValue::elements).orElse(List.of());
    }

    String text(String name, String otherwise) {
        return get(name).map(JsonValue::text).orElse(otherwise);
    }

    OptionalDouble number(String name, double min, double max) {
        Optional<JsonValue> field = get(name);
        return field.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(field.get().number(min, max));
    }

    /** Refuses fields that nobody has asked for: a misspelt name would silently mean nothing. */
    void refuseUnknown() {
        for (Map.Entry<String, JsonValue> field : fields().entrySet()) {
            if (!asked.contains(field.getKey())) {
                throw field.getValue()
                        .wrong("is not a field of a snapshot: expected one of " + String.join(", ", asked));
            }
        }
    }

    // ---- Single values ----------------------------------------------------------------------------------------------

    /** A text that is not empty. */
    String name() {
        String text = text();
        if (text.isEmpty()) {
            throw refuse("a name");
        }
        return text;
    }

    String text() {
        if (value instanceof String text) {
            return text;
        }
        throw refuse("a text, in quotation marks");
    }

    boolean flag() {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw refuse("true or false");
    }

    boolean isNumber() {
        return value instanceof Double;
    }

    /** A number within bounds, both included. */
    double number(double min, double max) {
        if (value instanceof Double number && number >= min && number <= max) {
            return number;
        }
        String from = plain(min);
        throw refuse(max >= 1e300 ? "a number of at least " + from : "a number from " + from + " to " + plain(max));
    }

    /** A number above zero. */
    double positive() {
        if (value instanceof Double number && number > 0) {
            return number;
        }
        throw refuse("a number above 0");
    }

    int whole(int min, int max) {
        double number = number(min, max);
        if (number != Math.rint(number)) {
            throw refuse("a whole number");
        }
        return (int) number;
    }

    // ---- Lists ------------------------------------------------------------------------------------------------------

    @SuppressWarnings("unchecked") // the constructor says what a list holds
    List<JsonValue> elements() {
        if (value instanceof double[] numbers) {
            List<JsonValue> elements = new ArrayList<>();
            for (int i = 0; i < numbers.length; i++) {
                elements.add(new JsonValue(file, line, path + "[" + i + "]", numbers[i]));
            }
            return elements;
        }
        if (value instanceof List<?> list) {
            return (List<JsonValue>) list;
        }
        throw refuse("a list, [...]");
    }

    List<String> names() {
        return elements().stream().map(JsonValue::name).toList();
    }

    boolean isNumbers() {
        return value instanceof double[];
    }

    /** A list of exactly so many numbers, none below zero. */
    double[] numbers(int count) {
        if (!(value instanceof double[] numbers)) {
            throw refuse("a list of " + count + " numbers");
        }
        if (numbers.length != count) {
            throw wrong("has " + numbers.length + " numbers: expected " + count + ", one per window");
        }
        for (int i = 0; i < count; i++) {
            if (!(numbers[i] >= 0)) {
                throw new JsonValue(file, line, path + "[" + i + "]", numbers[i]).refuse("a number of at least 0");
            }
        }
        return numbers.clone();
    }
}
