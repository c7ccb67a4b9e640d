package io.foreshard.server.outlook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.foreshard.control.outlook.SegmentOutlook;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.ForecastAccuracy;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.forecast.QuantileForecast;
import io.foreshard.core.forecast.capacity.ResourceCost;
import io.foreshard.core.forecast.capacity.ResourceProjection;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.workload.OpKind;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** A forecast for programs; the fields are described in {@code docs/reference/forecast.md}. */
public final class OutlookJson {
    private final OutlookReport report;
    private final JsonGenerator json;

    private OutlookJson(OutlookReport report, JsonGenerator json) {
        this.report = report;
        this.json = json;
    }

    /** One JSON object, with a line end. */
    public static void render(OutlookReport report, Writer out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.useDefaultPrettyPrinter();
        new OutlookJson(report, json).write();
        json.close();
        out.write('\n');
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeStringField("source", report.source());
        json.writeStringField("unit", report.unit().label());
        json.writeNumberField("horizon_ms", report.outlook().horizonMillis());
        json.writeBooleanField("aligned", report.outlook().isAligned());
        json.writeNumberField("now_ms", report.presentMillis());
        json.writeArrayFieldStart("segments");
        for (SegmentOutlook segment : report.outlook().segments()) {
            segment(segment);
        }
        json.writeEndArray();
        if (report.resources().isPresent()) {
            resources(report.resources().get());
        }
        events();
        json.writeArrayFieldStart("notes");
        for (String note : report.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void segment(SegmentOutlook segment) throws IOException {
        LoadForecast forecast = segment.forecast();
        json.writeStartObject();
        json.writeStringField("segment", segment.segment().toString());
        json.writeNumberField("window_ms", forecast.windowMillis());
        json.writeNumberField("first_window_ms", forecast.windowStartMillis(0));
        number("last_hour", report.unit().value(segment.recentPerSecond()));
        number("peak_p50", report.unit().value(segment.peakP50()));
        number("peak_p90", report.unit().value(segment.peakP90()));
        json.writeNumberField("peak_window_ms", forecast.windowStartMillis(segment.peakWindow()));
        json.writeBooleanField("flat", segment.isFlat());
        json.writeStringField("plans_by", SegmentText.plansBy(segment));
        json.writeStringField("model", forecast.model());
        if (forecast.fallbackReason().isPresent()) {
            json.writeStringField("no_authority", forecast.fallbackReason().get());
        }
        json.writeArrayFieldStart("events");
        for (String event : forecast.events()) {
            json.writeString(event);
        }
        json.writeEndArray();
        if (segment.accuracy().isPresent()) {
            accuracy(segment.accuracy().get());
        }
        json.writeObjectFieldStart("trusted");
        json.writeStringField("now", segment.readiness().label());
        json.writeStringField("in_a_day", segment.readinessInADay().label());
        json.writeStringField("in_two_weeks", segment.readinessInTwoWeeks().label());
        json.writeEndObject();
        QuantileForecast quantiles = forecast.quantiles();
        row("p50", forecast.windows(), w -> report.unit().value(quantiles.p50(w)));
        row("p90", forecast.windows(), w -> report.unit().value(quantiles.p90(w)));
        row("low95", forecast.windows(), w -> report.unit().value(quantiles.lower95(w)));
        row("high95", forecast.windows(), w -> report.unit().value(quantiles.upper95(w)));
        json.writeEndObject();
    }

    private void accuracy(ForecastAccuracy accuracy) throws IOException {
        json.writeObjectFieldStart("accuracy");
        number("wape", accuracy.wape());
        number("wape_seasonal_naive", accuracy.wapeSeasonalNaive());
        json.writeBooleanField("authority", accuracy.authority());
        json.writeEndObject();
    }

    private void resources(ResourceProjection projection) throws IOException {
        json.writeArrayFieldStart("capacity");
        for (Resource resource : projection.resources()) {
            ResourceProjection.Need all = projection.total(resource);
            ResourceCost cost = projection.costs().of(resource).orElseThrow();
            json.writeStartObject();
            json.writeStringField("resource", resource.label());
            json.writeStringField("unit", resource.unit());
            json.writeObjectFieldStart("cost");
            json.writeStringField("from", cost.origin().name().toLowerCase(Locale.ROOT));
            json.writeStringField("explanation", cost.explanation());
            for (OpKind kind : OpKind.values()) {
                number(kind.label(), cost.perOperation(kind));
                number(kind.label() + "_standard_error", cost.standardError(kind));
            }
            number("byte", cost.perByte());
            number("idle_per_node", cost.idlePerNode());
            json.writeEndObject();
            row("p50", all.windows(), all::p50);
            row("p90", all.windows(), all::p90);
            json.writeArrayFieldStart("segments");
            for (ResourceProjection.Need need : projection.segments()) {
                if (need.resource() == resource) {
                    json.writeStartObject();
                    json.writeStringField("segment", need.segment().toString());
                    number("peak_p50", need.peakP50());
                    number("peak_p90", need.peakP90());
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void events() throws IOException {
        json.writeArrayFieldStart("event_outcomes");
        for (EventCalendar.Outcome outcome : report.outlook().eventOutcomes()) {
            json.writeStartObject();
            json.writeStringField("event", outcome.event());
            json.writeStringField("segment", outcome.segment().toString());
            number("expected", report.unit().value(outcome.expectedPerSecond()));
            number("without_event", report.unit().value(outcome.ordinaryPerSecond()));
            number("observed", report.unit().value(outcome.observedPerSecond()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("events_for_no_segment");
        for (LoadEvent event : report.outlook().eventsForNobody()) {
            json.writeString(event.name());
        }
        json.writeEndArray();
    }

    private void row(String name, int length, IntToDoubleFunction value) throws IOException {
        json.writeFieldName(name);
        json.writeStartArray();
        for (int w = 0; w < length; w++) {
            json.writeRawValue(OutlookCsv.number(value.applyAsDouble(w)));
        }
        json.writeEndArray();
    }

    private void number(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeFieldName(name);
            json.writeNumber(OutlookCsv.number(value));
        } else {
            json.writeNullField(name);
        }
    }
}
