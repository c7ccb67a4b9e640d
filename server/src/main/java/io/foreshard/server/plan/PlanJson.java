package io.foreshard.server.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.placement.OverloadedNode;
import io.foreshard.core.placement.Placement;
import io.foreshard.core.placement.Relocation;
import io.foreshard.core.plan.DroppedMove;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.plan.ScaleAdvice;
import io.foreshard.core.plan.ScaleCheck;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan for a snapshot for programs; the fields are described in {@code docs/reference/plan.md}. */
public final class PlanJson {
    private final SnapshotPlan made;
    private final JsonGenerator json;
    private final Map<PartitionId, String> names = new HashMap<>();
    private final Map<PartitionId, Relocation> relocations = new HashMap<>();

    private PlanJson(SnapshotPlan made, JsonGenerator json) {
        this.made = made;
        this.json = json;
        made.problem().partitions().forEach(partition -> names.put(partition.id(), partition.name()));
        made.placement().relocations().forEach(relocation -> relocations.put(relocation.partition(), relocation));
    }

    /** One JSON object, indented, with a line end. */
    public static String render(SnapshotPlan made) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            new PlanJson(made, json).write();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return text.append('\n').toString();
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeStringField("snapshot", made.snapshot().file());
        json.writeStringField("plan", made.plan().hash());
        json.writeNumberField("nodes", made.problem().nodes().size());
        json.writeNumberField("partitions", made.problem().partitions().size());
        json.writeBooleanField("stopped", made.stopped());
        json.writeNumberField("evaluations", made.placement().evaluations());
        writeCost(made.placement());
        writeMoves();
        writeDropped();
        writeOverloaded();
        writeScale(made.scale());
        if (made.check().isPresent()) {
            writeCheck(made.check().get());
        }
        writeMetrics();
        json.writeEndObject();
    }

    private void writeCost(Placement placement) throws IOException {
        json.writeObjectFieldStart("cost");
        json.writeStringField("unit", "node-hours per hour");
        json.writeNumberField("before", placement.costBefore());
        json.writeNumberField("after", placement.costAfter());
        number("lower_bound", placement.lowerBound());
        number("gap", placement.costAfter() - placement.lowerBound());
        json.writeObjectFieldStart("terms");
        for (Placement.TermCost cost : placement.costs()) {
            json.writeObjectFieldStart(cost.term());
            json.writeNumberField("before", cost.before());
            json.writeNumberField("after", cost.after());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeMoves() throws IOException {
        json.writeArrayFieldStart("moves");
        for (PlannedStep step : made.plan().steps()) {
            List<NodeId> nodes = step.step().nodes();
            json.writeStartObject();
            json.writeStringField("partition", name(step.step().partitions().get(0)));
            json.writeStringField("source", nodes.get(0).name());
            json.writeStringField("target", nodes.get(nodes.size() - 1).name());
            json.writeNumberField("bytes", step.expectedBytes());
            json.writeNumberField("expected_ms", step.expectedMillis());
            if (step.hasDeadline()) {
                json.writeStringField("start_by", moment(step.actByMillis()));
                json.writeStringField("needed_by", moment(step.readyByMillis()));
            } else {
                json.writeNullField("start_by");
                json.writeNullField("needed_by");
            }
            json.writeArrayFieldStart("after");
            for (int earlier : step.after()) {
                json.writeNumber(earlier);
            }
            json.writeEndArray();
            json.writeStringField("reason", step.reason());
            writeWhy(relocations.get(step.step().partitions().get(0)));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeWhy(@Nullable Relocation relocation) throws IOException {
        if (relocation == null) {
            return;
        }
        json.writeNumberField("saves", -relocation.change());
        json.writeObjectFieldStart("terms");
        for (Relocation.TermChange term : relocation.terms()) {
            json.writeNumberField(term.term(), term.change());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("windows");
        for (Relocation.DrivingWindow window : relocation.windows()) {
            json.writeStartObject();
            json.writeStringField("start", moment(start(window.window())));
            json.writeStringField("resource", window.resource().label());
            json.writeNumberField("utilisation_without", window.without());
            json.writeNumberField("utilisation_with", window.with());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeDropped() throws IOException {
        json.writeArrayFieldStart("left_out");
        for (DroppedMove dropped : made.plan().dropped()) {
            json.writeStartObject();
            json.writeStringField("partition", name(dropped.partition()));
            json.writeStringField("source", dropped.source().name());
            json.writeStringField("target", dropped.target().name());
            json.writeStringField("reason", dropped.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeOverloaded() throws IOException {
        json.writeArrayFieldStart("overloaded");
        for (OverloadedNode node : made.placement().overloaded()) {
            json.writeStartObject();
            json.writeStringField("node", node.node().name());
            json.writeStringField("resource", node.resource().label());
            json.writeStringField("at", moment(start(node.window())));
            json.writeNumberField("utilisation", node.utilisation());
            json.writeArrayFieldStart("reasons");
            for (String reason : node.reasons()) {
                json.writeString(reason);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeScale(ScaleAdvice scale) throws IOException {
        json.writeObjectFieldStart("scale");
        json.writeNumberField("nodes_now", scale.nodesNow());
        json.writeNumberField("nodes_needed", scale.nodesNeededMax());
        json.writeArrayFieldStart("windows");
        for (ScaleAdvice.Need need : scale.needs()) {
            json.writeStartObject();
            json.writeStringField("start", moment(start(need.window())));
            json.writeNumberField("nodes_needed", need.nodes());
            json.writeStringField("resource", need.resource().label());
            json.writeNumberField("utilisation", need.utilisation());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (scale.addition().isPresent()) {
            ScaleAdvice.Addition add = scale.addition().get();
            json.writeObjectFieldStart("add");
            json.writeNumberField("nodes", add.nodes());
            json.writeStringField("needed_by", moment(add.neededByMillis()));
            json.writeStringField("start_by", moment(add.startByMillis()));
            json.writeNumberField("bytes", add.bytes());
            json.writeNumberField("node_hours", add.nodeHours());
            json.writeEndObject();
        } else {
            json.writeNullField("add");
        }
        json.writeArrayFieldStart("spare");
        for (ScaleAdvice.Spare spare : scale.spares()) {
            json.writeStartObject();
            json.writeStringField("from", moment(start(spare.fromWindow())));
            json.writeStringField("until", moment(start(spare.untilWindow())));
            writeNodes("nodes", spare.nodes());
            json.writeNumberField("empty_ms", spare.emptyMillis());
            json.writeNumberField("saves_node_hours", spare.savedNodeHours());
            json.writeNumberField("costs_node_hours", spare.costNodeHours());
            json.writeBooleanField("pays", spare.pays());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeCheck(ScaleCheck.Verdict verdict) throws IOException {
        json.writeObjectFieldStart("check");
        json.writeBooleanField("fits", verdict.fits());
        writeNodes("removed", verdict.removed());
        writeNodes("added", verdict.added());
        json.writeArrayFieldStart("reasons");
        for (String reason : verdict.reasons()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("peaks");
        for (ScaleCheck.Peak peak : verdict.peaks()) {
            json.writeStartObject();
            json.writeStringField("resource", peak.resource().label());
            json.writeStringField("node", peak.node().name());
            json.writeStringField("at", moment(start(peak.window())));
            json.writeNumberField("utilisation", peak.utilisation());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What an autoscaler would look at, under the names that a metrics endpoint would give it. */
    private void writeMetrics() throws IOException {
        ScaleAdvice scale = made.scale();
        json.writeObjectFieldStart("metrics");
        json.writeNumberField("foreshard_scale_nodes_present", scale.nodesNow());
        json.writeNumberField("foreshard_scale_nodes_needed", scale.nodesNeededMax());
        json.writeNumberField(
                "foreshard_scale_nodes_needed_now", scale.needs().get(0).nodes());
        json.writeNumberField(
                "foreshard_scale_nodes_to_add",
                scale.addition().map(ScaleAdvice.Addition::nodes).orElse(0));
        json.writeNumberField("foreshard_plan_moves", made.plan().steps().size());
        json.writeNumberField(
                "foreshard_plan_overloaded_nodes", made.placement().overloaded().size());
        json.writeEndObject();
    }

    private void writeNodes(String field, List<NodeId> nodes) throws IOException {
        json.writeArrayFieldStart(field);
        for (NodeId node : nodes) {
            json.writeString(node.name());
        }
        json.writeEndArray();
    }

    /** JSON knows no NaN and no infinity: both are null. */
    private void number(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    private String name(PartitionId partition) {
        return names.getOrDefault(partition, partition.toString());
    }

    private long start(int window) {
        return made.snapshot().horizon().startMillis()
                + window * made.snapshot().horizon().windowMillis();
    }

    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
