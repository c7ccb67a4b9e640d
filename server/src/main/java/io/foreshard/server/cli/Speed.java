package io.foreshard.server.cli;

import java.util.OptionalDouble;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast workload time passes.
 *
 * @param workloadSecondsPerSecond empty for as fast as the machine allows
 */
record Speed(OptionalDouble workloadSecondsPerSecond) {
    /** Reads {@code max}, {@code 60} or {@code 60x}. */
    static final class Text implements ITypeConverter<Speed> {
        @Override
        public Speed convert(String text) {
            if (text.equals("max")) {
                return new Speed(OptionalDouble.empty());
            }
            if (!text.matches("\\d{1,9}(\\.\\d+)?x?") || Double.parseDouble(text.replace("x", "")) == 0) {
                throw new TypeConversionException("'" + text
                        + "' is not a speed: write max, or how many seconds of the log pass in one second, such as 60");
            }
            return new Speed(OptionalDouble.of(Double.parseDouble(text.replace("x", ""))));
        }
    }
}
