package io.foreshard.server.cli;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What one node can do, {@code 500ops/s,10MB/s}: operations, bytes or both.
 *
 * @param operationsPerSecond empty when only bytes are limited
 * @param bytesPerSecond empty when only operations are limited
 */
record NodeCapacity(OptionalDouble operationsPerSecond, OptionalDouble bytesPerSecond) {
    private static final Pattern PART =
            Pattern.compile("(\\d+(?:\\.\\d+)?) ?(ops|k?B|kib|mi?b|gi?b)(?:/s)?", Pattern.CASE_INSENSITIVE);

    /** Reads such a text. */
    static final class Text implements ITypeConverter<NodeCapacity> {
        @Override
        public NodeCapacity convert(String text) {
            OptionalDouble operations = OptionalDouble.empty();
            OptionalDouble bytes = OptionalDouble.empty();
            for (String part : text.split(",", -1)) {
                Matcher matcher = PART.matcher(part.strip());
                if (!matcher.matches()) {
                    throw bad(text, "'" + part + "' is no rate");
                }
                double amount = Double.parseDouble(matcher.group(1)) * factor(matcher.group(2));
                boolean isOperations = matcher.group(2).equalsIgnoreCase("ops");
                if (amount <= 0 || (isOperations ? operations : bytes).isPresent()) {
                    throw bad(text, "'" + part + "' is " + (amount <= 0 ? "not above 0" : "the second of its kind"));
                }
                if (isOperations) {
                    operations = OptionalDouble.of(amount);
                } else {
                    bytes = OptionalDouble.of(amount);
                }
            }
            return new NodeCapacity(operations, bytes);
        }

        private static double factor(String unit) {
            return switch (unit.toLowerCase(Locale.ROOT)) {
                case "kb" -> 1e3;
                case "mb" -> 1e6;
                case "gb" -> 1e9;
                case "kib" -> 1024;
                case "mib" -> 1024 * 1024;
                case "gib" -> 1024 * 1024 * 1024;
                default -> 1;
            };
        }

        private static TypeConversionException bad(String text, String why) {
            return new TypeConversionException(
                    "'" + text + "' is not a node capacity (" + why + "): write 500ops/s, 10MB/s or 500ops/s,10MB/s");
        }
    }
}
