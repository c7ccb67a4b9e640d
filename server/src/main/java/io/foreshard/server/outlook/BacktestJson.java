package io.foreshard.server.outlook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.foreshard.control.outlook.BacktestSummary;
import io.foreshard.control.outlook.SegmentBacktest;
import io.foreshard.core.forecast.AccuracySums;
import io.foreshard.core.forecast.RollingBacktest;
import java.io.IOException;
import java.io.Writer;

/** A backtest for programs; the fields are described in {@code docs/reference/forecast.md}. */
public final class BacktestJson {
    private final JsonGenerator json;

    private BacktestJson(JsonGenerator json) {
        this.json = json;
    }

    /** One JSON object, with a line end. */
    public static void render(BacktestReport report, Writer out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.useDefaultPrettyPrinter();
        new BacktestJson(json).write(report);
        json.close();
        out.write('\n');
    }

    private void write(BacktestReport report) throws IOException {
        BacktestSummary summary = report.summary();
        json.writeStartObject();
        json.writeStringField("source", report.source());
        json.writeStringField("unit", report.unit().label());
        json.writeNumberField("horizon_ms", report.horizonMillis());
        json.writeNumberField("origins_max", report.origins());
        json.writeNumberField("segments_tested", summary.tested());
        json.writeNumberField("segments_too_short", summary.untested());
        json.writeNumberField("better_than_naive", summary.betterThanNaive());
        json.writeNumberField("with_authority", summary.withAuthority());
        number("mae_ratio_geomean", summary.maeRatioGeomean());
        json.writeObjectFieldStart("total");
        measures(summary.total());
        json.writeEndObject();
        json.writeArrayFieldStart("by_distance");
        for (BacktestSummary.Band band : summary.bands()) {
            json.writeStartObject();
            json.writeNumberField("until_ms", band.untilMillis());
            measures(band.sums());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("segments");
        for (SegmentBacktest segment : report.segments()) {
            segment(segment);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (String note : report.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void segment(SegmentBacktest segment) throws IOException {
        json.writeStartObject();
        json.writeStringField("segment", segment.segment().toString());
        json.writeBooleanField("tested", segment.result().isPresent());
        if (segment.result().isPresent()) {
            RollingBacktest.Result result = segment.result().get();
            json.writeNumberField("origins", result.origins());
            json.writeNumberField(
                    "horizon_ms", result.horizon() * segment.load().windowMillis());
            json.writeBooleanField("authority", result.trust().authority());
            json.writeStringField("model", result.model());
            if (result.fallbackReason().isPresent()) {
                json.writeStringField("no_authority", result.fallbackReason().get());
            }
            measures(result.total());
            json.writeArrayFieldStart("by_distance");
            for (RollingBacktest.Band band : result.bands()) {
                json.writeStartObject();
                json.writeNumberField(
                        "until_ms", band.untilWindow() * segment.load().windowMillis());
                measures(band.sums());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void measures(AccuracySums sums) throws IOException {
        json.writeNumberField("comparisons", sums.comparisons());
        number("wape", sums.wape());
        number("wape_seasonal_naive", sums.wapeSeasonalNaive());
        number("mae_ratio", sums.maeRatio());
        number("mase", sums.mase());
        number("mase_seasonal_naive", sums.maseSeasonalNaive());
        number("coverage80", sums.coverage80());
        number("coverage95", sums.coverage95());
        number("under_p90", sums.under90());
        number("msis", sums.msis());
        number("msis_seasonal_naive", sums.msisSeasonalNaive());
    }

    private void number(String name, double value) throws IOException {
        json.writeFieldName(name);
        if (Double.isFinite(value)) {
            json.writeNumber(OutlookCsv.number(value));
        } else {
            json.writeNull();
        }
    }
}
