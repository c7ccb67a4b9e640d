package io.foreshard.server.outlook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.foreshard.core.forecast.heat.HeatMap;
import io.foreshard.server.receipt.Figures;
import io.foreshard.server.receipt.Markup;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** A heat map on a canvas of a page, with its values where a reader points. */
final class HeatMapHtml {
    private static final int ROWS_MAX = 60;
    private static final int COLUMNS_MAX = 288;
    private static final int LABELS_MAX = 10;

    private HeatMapHtml() {}

    static void add(HeatMap whole, Page page) {
        HeatMap map = whole.coarsened(COLUMNS_MAX);
        int rows = Math.min(ROWS_MAX, map.rows().size());
        boolean capacity = !map.rows().isEmpty() && map.rows().get(0).hasCapacity();
        page.add(
                "<div class=\"heattools\"><span>0</span><canvas class=\"heatbar\" width=\"160\" height=\"12\"></canvas>");
        page.add("<span class=\"heattop\">")
                .text(capacity ? "capacity" : "the row's own peak")
                .add("</span>");
        page.add("<label>colour by <select id=\"heatscale\"><option value=\"own\">")
                .text(capacity ? "capacity" : "the row's own peak");
        page.add("</option><option value=\"common\">one scale for all rows</option></select></label></div>\n");
        page.add("<div class=\"heat\" id=\"heat\"><div class=\"heatlabels\"></div><div class=\"heatbox\">"
                + "<canvas role=\"img\" aria-label=\"heat map\"></canvas><div class=\"heatnow\"></div>"
                + "<div class=\"axis\">");
        int shown = 0;
        for (HeatAxis.Tick tick : HeatAxis.ticks(map, LABELS_MAX)) {
            if (tick.part() < 0.95) {
                page.add(shown++ % 2 == 0 ? "<span" : "<span class=\"odd\"")
                        .add(" style=\"left:" + Markup.coordinate(100 * tick.part()) + "%\">")
                        .text(tick.text())
                        .add("</span>");
            }
        }
        page.add("</div></div><div class=\"heatpeaks\"></div></div>\n");
        if (rows < map.rows().size()) {
            page.paragraph(
                    "explain",
                    "and " + Figures.count(map.rows().size() - rows) + " more "
                            + map.kind().plural() + " with a lower predicted peak.");
        }
        page.data("heatdata", json(whole, map, rows));
    }

    private static String json(HeatMap whole, HeatMap map, int rows) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("unit", map.unit());
            json.writeNumberField("step", map.windowMillis());
            json.writeNumberField("observed", map.observedWindows());
            json.writeNumberField("predicted", map.predictedWindows());
            stops("light", HeatScale.LIGHT.stops(), json);
            stops("dark", HeatScale.DARK.stops(), json);
            json.writeArrayFieldStart("rows");
            for (int r = 0; r < rows; r++) {
                HeatMap.Row row = map.rows().get(r);
                json.writeStartObject();
                json.writeStringField("label", row.label());
                json.writeNumberField("present", row.presentMillis());
                number("hottest", row.hottest(), json);
                json.writeStringField(
                        "hottestText", LoadUnit.compact(whole.rows().get(r).hottest()));
                json.writeStringField("marks", String.join("; ", row.marks()));
                values("o", map.observedWindows(), row::observed, json);
                values("m", map.predictedWindows(), row::p50, json);
                values("h", map.predictedWindows(), row::p90, json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return text.toString();
    }

    private static void stops(String name, List<Integer> stops, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (int stop : stops) {
            json.writeNumber(stop);
        }
        json.writeEndArray();
    }

    private static void values(String name, int count, IntToDoubleFunction value, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (int i = 0; i < count; i++) {
            double at = value.applyAsDouble(i);
            if (Double.isFinite(at)) {
                json.writeNumber(shortly(at));
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private static void number(String name, double value, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(shortly(value));
    }

    /** Four significant digits. */
    private static String shortly(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
