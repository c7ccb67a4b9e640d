package io.foreshard.server.receipt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.foreshard.simulator.receipt.ClusterSummary;
import io.foreshard.simulator.receipt.ForecastQuality;
import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.receipt.ReshapeRecord;
import io.foreshard.simulator.receipt.WorkloadSummary;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** A receipt for programs; the fields are described in {@code docs/reference/receipt.md}. */
public final class ReceiptJson {
    private ReceiptJson() {}

    /** One JSON object, indented, with a line end. */
    public static String render(Receipt receipt) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            writeWorkload(receipt.workload(), json);
            writeCluster(receipt.cluster(), json);
            json.writeObjectFieldStart("policies");
            for (PolicyReceipt policy : receipt.policies()) {
                writePolicy(policy, json);
            }
            json.writeEndObject();
            json.writeNumberField("records_verified", receipt.recordsVerified());
            json.writeNumberField("records_lost", receipt.recordsLost());
            writeForecast(receipt, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return text.append('\n').toString();
    }

    private static void writeWorkload(WorkloadSummary workload, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("workload");
        json.writeStringField("description", workload.description());
        json.writeNumberField("from_ms", workload.fromMillis());
        json.writeNumberField("until_ms", workload.untilMillis());
        json.writeNumberField("measured_from_ms", workload.measuredFromMillis());
        json.writeNumberField("operations", workload.operations());
        json.writeNumberField("skipped_rows", workload.skippedRows());
        json.writeNumberField("distinct_keys", workload.distinctKeys());
        json.writeNumberField("preloaded_records", workload.preloadedRecords());
        json.writeNumberField("segments", workload.segments());
        json.writeNumberField("value_bytes", workload.valueBytes());
        json.writeEndObject();
    }

    private static void writeCluster(ClusterSummary cluster, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("cluster");
        json.writeNumberField("nodes", cluster.nodes().size());
        json.writeNumberField("partitions", cluster.partitions());
        json.writeNumberField("node_operations_per_second", cluster.nodeOperationsPerSecond());
        if (cluster.nodeBytesPerSecond() < Double.MAX_VALUE) {
            json.writeNumberField("node_bytes_per_second", cluster.nodeBytesPerSecond());
        } else {
            json.writeNullField("node_bytes_per_second");
        }
        json.writeNumberField("copy_bytes_per_second", cluster.copyBytesPerSecond());
        json.writeNumberField("window_millis", cluster.windowMillis());
        json.writeNumberField("latency_objective_millis", cluster.latencyObjectiveMillis());
        json.writeNumberField("target_utilisation", cluster.targetUtilisation());
        json.writeNumberField("value_bytes_cap", cluster.valueBytesCap());
        json.writeEndObject();
    }

    private static void writePolicy(PolicyReceipt policy, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(policy.policy());
        json.writeNumberField("operations", policy.service().operations());
        json.writeNumberField("overloaded_node_minutes", policy.service().overloadedNodeMinutes());
        writeNumber(json, "late_operations_share", policy.service().lateOperationsShare());
        json.writeNumberField("refused_operations", policy.service().refusedOperations());
        writeNumber(json, "p50_millis", policy.service().p50Millis());
        writeNumber(json, "p99_millis", policy.service().p99Millis());
        json.writeNumberField("moves", policy.moving().moves());
        json.writeNumberField("splits", policy.reshapes(ReshapeRecord.Kind.SPLIT));
        json.writeNumberField("merges", policy.reshapes(ReshapeRecord.Kind.MERGE));
        json.writeNumberField("moved_bytes", policy.moving().movedBytes());
        json.writeNumberField("regretted_moves", policy.moving().regretted());
        json.writeNumberField("abandoned_moves", policy.moving().abandoned());
        writeNumber(json, "node_hours", policy.moving().nodeHours());
        writeNumber(json, "max_mean_node_load_median", policy.balance().maxMeanLoadMedian());
        writeNumber(json, "max_mean_node_load_p95", policy.balance().maxMeanLoadP95());
        json.writeNumberField("transactions", policy.balance().transactions());
        writeNumber(json, "cross_node_transaction_share", policy.balance().crossNodeTransactionShare());
        json.writeNumberField("records_verified", policy.verification().recordsVerified());
        json.writeNumberField("records_lost", policy.verification().recordsLost());
        json.writeArrayFieldStart("move_log");
        for (MoveRecord move : policy.moves()) {
            writeMove(move, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("reshape_log");
        for (ReshapeRecord reshape : policy.reshapes()) {
            json.writeStartObject();
            json.writeStringField("kind", reshape.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("what", reshape.what());
            json.writeNumberField("ended_ms", reshape.endedMillis());
            writeNumber(json, "pause_millis", reshape.pauseMillis());
            json.writeStringField("reason", reshape.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeMove(MoveRecord move, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("partition", move.partition().toString());
        json.writeStringField("source", move.source().name());
        json.writeStringField("target", move.target().name());
        json.writeNumberField("started_ms", move.startedMillis());
        json.writeNumberField("ended_ms", move.endedMillis());
        json.writeNumberField("needed_by_ms", move.neededByMillis());
        json.writeNumberField("bytes", move.bytes());
        writeNumber(json, "pause_millis", move.pauseMillis());
        json.writeStringField("reason", move.reason());
        json.writeBooleanField("regretted", move.regretted());
        json.writeEndObject();
    }

    private static void writeForecast(Receipt receipt, JsonGenerator json) throws IOException {
        if (receipt.forecast().isEmpty()) {
            json.writeNullField("forecast");
            return;
        }
        ForecastQuality forecast = receipt.forecast().get();
        json.writeObjectFieldStart("forecast");
        writeNumber(json, "wape", forecast.wape());
        writeNumber(json, "wape_seasonal_naive", forecast.wapeSeasonalNaive());
        json.writeNumberField("lead_millis", forecast.leadMillis());
        json.writeNumberField("comparisons", forecast.comparisons());
        json.writeArrayFieldStart("without_authority");
        for (ForecastQuality.Distrusted one : forecast.distrusted()) {
            json.writeStartObject();
            json.writeStringField("segment", one.segment().toString());
            writeNumber(json, "share", one.share());
            json.writeStringField("reason", one.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("events");
        for (ForecastQuality.EventOutcome event : forecast.events()) {
            json.writeStartObject();
            json.writeStringField("event", event.event());
            writeNumber(json, "expected", event.expected());
            writeNumber(json, "without_event", event.ordinary());
            writeNumber(json, "observed", event.observed());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("segments");
        for (ForecastQuality.SegmentForecast segment : forecast.segments()) {
            json.writeStartObject();
            json.writeStringField("segment", segment.segment().toString());
            json.writeStringField("model", segment.model());
            writeNumber(json, "wape", segment.wape());
            writeNumber(json, "wape_seasonal_naive", segment.wapeSeasonalNaive());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** JSON knows no NaN and no infinity: both are null. */
    private static void writeNumber(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}
