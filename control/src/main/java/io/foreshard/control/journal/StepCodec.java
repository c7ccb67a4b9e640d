package io.foreshard.control.journal;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlanStep.Expected;
import io.foreshard.core.plan.PlanStep.Merge;
import io.foreshard.core.plan.PlanStep.Move;
import io.foreshard.core.plan.PlanStep.Split;
import java.util.HexFormat;

/** The written form of a step; keys are hexadecimal. */
final class StepCodec {
    private StepCodec() {}

    static void write(PlanStep step, Fields.Writer out) {
        if (step instanceof Move move) {
            out.text("kind", "move")
                    .number("partition", move.partition().value())
                    .number("epoch", move.epoch())
                    .text("source", move.source().name())
                    .text("target", move.target().name());
        } else if (step instanceof Split split) {
            expected(out.text("kind", "split"), "parent", split.parent())
                    .text("node", split.node().name())
                    .text("at", HexFormat.of().formatHex(split.at().toBytes()))
                    .number("left", split.left().value())
                    .number("right", split.right().value());
        } else if (step instanceof Merge merge) {
            expected(expected(out.text("kind", "merge"), "left", merge.left()), "right", merge.right())
                    .text("node", merge.node().name())
                    .text("at", HexFormat.of().formatHex(merge.at().toBytes()))
                    .number("merged", merge.merged().value());
        } else {
            throw new IllegalStateException(step.canonical() + " has no written form");
        }
    }

    static PlanStep read(Fields.Reader in) {
        String kind = in.text("kind");
        return switch (kind) {
            case "move" ->
                new Move(
                        new PartitionId(in.number("partition")),
                        in.number("epoch"),
                        new NodeId(in.text("source")),
                        new NodeId(in.text("target")));
            case "split" ->
                new Split(
                        expected(in, "parent"),
                        new NodeId(in.text("node")),
                        Key.of(HexFormat.of().parseHex(in.text("at"))),
                        new PartitionId(in.number("left")),
                        new PartitionId(in.number("right")));
            case "merge" ->
                new Merge(
                        expected(in, "left"),
                        expected(in, "right"),
                        new NodeId(in.text("node")),
                        Key.of(HexFormat.of().parseHex(in.text("at"))),
                        new PartitionId(in.number("merged")));
            default -> throw new IllegalArgumentException("step kind '" + kind + "' is not known to this version");
        };
    }

    private static Fields.Writer expected(Fields.Writer out, String name, Expected partition) {
        return out.number(name, partition.id().value()).number(name + "_epoch", partition.epoch());
    }

    private static Expected expected(Fields.Reader in, String name) {
        return new Expected(new PartitionId(in.number(name)), in.number(name + "_epoch"));
    }
}
