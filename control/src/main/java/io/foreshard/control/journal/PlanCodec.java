package io.foreshard.control.journal;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.plan.DroppedMove;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The written form of a plan; read back it has the hash under which it was written, or it is refused. */
final class PlanCodec {
    private PlanCodec() {}

    static void write(MigrationPlan plan, Fields.Writer out) {
        out.text("plan", plan.hash()).text("table", plan.table()).number("made_at", plan.madeAtMillis());
        out.number("steps", plan.steps().size());
        plan.steps().forEach(step -> writeStep(step, out));
        out.number("dropped", plan.dropped().size());
        for (DroppedMove drop : plan.dropped()) {
            out.number("partition", drop.partition().value())
                    .text("source", drop.source().name())
                    .text("target", drop.target().name())
                    .text("reason", drop.reason());
        }
    }

    static MigrationPlan read(Fields.Reader in) {
        String hash = in.text("plan");
        String table = in.text("table");
        long madeAt = in.number("made_at");
        List<PlannedStep> steps = new ArrayList<>();
        for (long left = in.number("steps"); left > 0; left--) {
            steps.add(readStep(in));
        }
        List<DroppedMove> dropped = new ArrayList<>();
        for (long left = in.number("dropped"); left > 0; left--) {
            dropped.add(new DroppedMove(
                    new PartitionId(in.number("partition")),
                    new NodeId(in.text("source")),
                    new NodeId(in.text("target")),
                    in.text("reason")));
        }
        MigrationPlan plan = new MigrationPlan(table, madeAt, steps, dropped);
        if (!plan.hash().equals(hash)) {
            throw new IllegalArgumentException("plan " + hash + " reads back as " + plan.hash());
        }
        return plan;
    }

    private static void writeStep(PlannedStep planned, Fields.Writer out) {
        StepCodec.write(planned.step(), out);
        out.text("reason", planned.reason())
                .number("act_by", planned.actByMillis())
                .number("ready_by", planned.readyByMillis())
                .number("expected_millis", planned.expectedMillis())
                .number("expected_bytes", planned.expectedBytes())
                .text("after", planned.after().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    private static PlannedStep readStep(Fields.Reader in) {
        return new PlannedStep(
                StepCodec.read(in),
                in.text("reason"),
                in.number("act_by"),
                in.number("ready_by"),
                in.number("expected_millis"),
                in.number("expected_bytes"),
                positions(in.text("after")));
    }

    private static List<Integer> positions(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
    }
}
