package io.foreshard.server.receipt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The numbers behind one chart, for the values that a reader points at.
 *
 * @param startMillis where the first bucket starts
 * @param stepMillis width of a bucket
 * @param unit behind each value
 */
public record ChartData(long startMillis, long stepMillis, String unit, List<Line> lines) {
    public ChartData {
        lines = List.copyOf(lines);
    }

    /** One named row of values; a class that owns its array, so that it may be in a record. */
    public static final class Line {
        private final String name;
        private final String cssClass;
        private final double[] values;

        public Line(String name, String cssClass, double[] values) {
            this.name = name;
            this.cssClass = cssClass;
            this.values = values.clone();
        }
    }

    /** As the page's script reads it. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("start", startMillis);
            json.writeNumberField("step", stepMillis);
            json.writeStringField("unit", unit);
            json.writeArrayFieldStart("lines");
            for (Line line : lines) {
                json.writeStartObject();
                json.writeStringField("name", line.name);
                json.writeStringField("cls", line.cssClass);
                json.writeArrayFieldStart("values");
                for (double value : line.values) {
                    writeShort(json, value);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return text.toString();
    }

    /** Four significant digits are more than a chart shows. */
    private static void writeShort(JsonGenerator json, double value) throws IOException {
        if (!Double.isFinite(value)) {
            json.writeNull();
        } else {
            json.writeNumber(new java.math.BigDecimal(value)
                    .round(new java.math.MathContext(4))
                    .stripTrailingZeros()
                    .toPlainString());
        }
    }
}
