package io.foreshard.server.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.foreshard.control.history.Candidate;
import io.foreshard.control.history.HistoryIssue;
import io.foreshard.control.history.HistoryReader.Surveys;
import io.foreshard.control.history.Inspection;
import io.foreshard.control.history.ReadReport;
import io.foreshard.control.history.SegmentSummary;
import io.foreshard.control.history.SegmentSurvey;
import io.foreshard.core.workload.OpKind;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** What a history holds, for programs; the fields are described in {@code docs/reference/oplog-format.md}. */
public final class HistoryJson {
    private final JsonGenerator json;

    private HistoryJson(JsonGenerator json) {
        this.json = json;
    }

    private interface Body {
        void write(HistoryJson json) throws IOException;
    }

    private static void object(Writer out, Body body) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.useDefaultPrettyPrinter();
        json.writeStartObject();
        body.write(new HistoryJson(json));
        json.writeEndObject();
        json.close();
        out.write('\n');
    }

    /** An inspection as one object. */
    public static void render(String source, Inspection found, Writer out) throws IOException {
        object(out, json -> json.inspection(source, found));
    }

    /** Surveys as one object. */
    public static void render(String source, Surveys surveys, Writer out) throws IOException {
        object(out, json -> json.surveys(source, surveys));
    }

    private void inspection(String source, Inspection found) throws IOException {
        json.writeStringField("source", source);
        json.writeStringField("format", found.format());
        report(found.report());
        json.writeArrayFieldStart("columns");
        for (Inspection.ColumnFinding column : found.columns()) {
            texts(Map.of(
                    "name", column.name(), "type", column.type(), "role", column.role(), "example", column.example()));
        }
        json.writeEndArray();
        json.writeObjectFieldStart("operations");
        for (Map.Entry<OpKind, Long> kind : found.operationsByKind().entrySet()) {
            json.writeNumberField(kind.getKey().label(), kind.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("tags");
        for (Inspection.TagFinding tag : found.tags()) {
            json.writeStartObject();
            json.writeStringField("name", tag.name());
            json.writeNumberField("values", tag.values());
            json.writeNumberField("share", tag.share());
            json.writeStringField("example", tag.example());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("steps");
        for (Map.Entry<Long, Long> step : found.steps().entrySet()) {
            json.writeStartObject();
            json.writeNumberField("step_ms", step.getKey());
            json.writeNumberField("series", step.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("gap_share", found.gapShare());
        json.writeArrayFieldStart("candidates");
        for (Candidate candidate : found.candidates()) {
            candidate(candidate);
        }
        json.writeEndArray();
        if (found.proposal().isPresent()) {
            json.writeFieldName("proposal");
            candidate(found.proposal().get());
        } else {
            json.writeNullField("proposal");
        }
        json.writeStringField("reason", found.reason());
    }

    private void texts(Map<String, String> fields) throws IOException {
        json.writeStartObject();
        for (String name : List.of("name", "type", "role", "example")) {
            json.writeStringField(name, fields.getOrDefault(name, ""));
        }
        json.writeEndObject();
    }

    private void candidate(Candidate candidate) throws IOException {
        json.writeStartObject();
        json.writeStringField("segment_by", candidate.text());
        json.writeStringField("tag_rule", candidate.rule());
        json.writeNumberField("segments", candidate.segments());
        json.writeNumberField("largest_share", candidate.largestShare());
        json.writeNumberField("spread", candidate.evenness());
        number("day_over_day", candidate.dayOverDay());
        json.writeEndObject();
    }

    private void number(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    private void report(ReadReport report) throws IOException {
        json.writeStringField("form", report.form().name().toLowerCase(java.util.Locale.ROOT));
        json.writeNumberField("rows", report.rows());
        json.writeNumberField("first_ms", report.firstMillis());
        json.writeNumberField("last_ms", report.lastMillis());
        json.writeStringField("unit", report.unit());
        json.writeNumberField("units_per_operation", report.unitsPerOperation());
        json.writeArrayFieldStart("problems");
        for (HistoryIssue issue : report.issues()) {
            json.writeStartObject();
            json.writeStringField("problem", issue.problem());
            json.writeNumberField("rows", issue.rows());
            json.writeNumberField("first_row", issue.firstRow());
            json.writeStringField("example", issue.example());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (String note : report.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
    }

    private void surveys(String source, Surveys surveys) throws IOException {
        json.writeStringField("source", source);
        report(surveys.report());
        json.writeArrayFieldStart("segmentings");
        for (SegmentSurvey survey : surveys.surveys()) {
            json.writeStartObject();
            json.writeStringField("segment_by", String.join(",", survey.by()));
            json.writeNumberField("segments", survey.segments());
            json.writeNumberField("other_operations", survey.otherOperations());
            json.writeArrayFieldStart("heaviest");
            for (SegmentSummary segment : survey.heaviest()) {
                segment(segment, survey.endMillis(), surveys.report().unitsPerOperation());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void segment(SegmentSummary segment, long endMillis, double unit) throws IOException {
        json.writeStartObject();
        json.writeStringField("segment", segment.segment().toString());
        json.writeNumberField("operations", segment.operations() * unit);
        json.writeNumberField("bytes", segment.bytes());
        json.writeNumberField("share", segment.share());
        json.writeNumberField("mean_per_second", segment.meanPerSecond() * unit);
        json.writeNumberField("peak_per_second", segment.peakPerSecond() * unit);
        json.writeNumberField("first_ms", segment.firstMillis());
        json.writeNumberField("last_ms", segment.lastMillis());
        json.writeStringField("readiness", segment.readiness(endMillis).label());
        json.writeEndObject();
    }
}
