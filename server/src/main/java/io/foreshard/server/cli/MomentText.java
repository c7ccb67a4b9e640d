package io.foreshard.server.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Moments: {@code 2024-03-18}, {@code 2024-03-18T09:30}, {@code 2024-03-18T09:30:00+01:00} or epoch milliseconds; UTC
 * where nothing else is said.
 */
final class MomentText implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            if (text.matches("-?\\d{1,15}")) {
                return Instant.ofEpochMilli(Long.parseLong(text));
            }
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            boolean hasOffset = text.matches(".*T.*(Z|[+-]\\d\\d(:?\\d\\d)?)");
            return hasOffset
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "'" + text + "' is not a moment: write 2024-03-18, 2024-03-18T09:30 (UTC),"
                            + " 2024-03-18T09:30:00+01:00 or epoch milliseconds");
        }
    }
}
