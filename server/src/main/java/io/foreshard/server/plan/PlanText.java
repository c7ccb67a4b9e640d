package io.foreshard.server.plan;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.placement.OverloadedNode;
import io.foreshard.core.placement.Placement;
import io.foreshard.core.placement.Relocation;
import io.foreshard.core.plan.DroppedMove;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.plan.ScaleAdvice;
import io.foreshard.core.plan.ScaleCheck;
import io.foreshard.server.receipt.Figures;
import io.foreshard.server.snapshot.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan for a snapshot as plain text. All times in UTC. */
public final class PlanText {
    /** How many moves are told unless everything is asked for. */
    private static final int TOLD = 12;

    private static final int LEFT_OUT_TOLD = 5;

    private final SnapshotPlan made;
    private final boolean everything;
    private final Map<PartitionId, String> names = new HashMap<>();
    private final Map<PartitionId, Relocation> relocations = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private PlanText(SnapshotPlan made, boolean everything) {
        this.made = made;
        this.everything = everything;
        made.problem().partitions().forEach(partition -> names.put(partition.id(), partition.name()));
        made.placement().relocations().forEach(relocation -> relocations.put(relocation.partition(), relocation));
    }

    /** The whole report, each line ended; {@code everything} tells every move in full. */
    public static String render(SnapshotPlan made, boolean everything) {
        PlanText text = new PlanText(made, everything);
        text.head();
        text.costs();
        text.moves();
        text.overloads();
        text.scale();
        return text.out.toString();
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments).stripTrailing())
                .append('\n');
    }

    private void head() {
        Snapshot snapshot = made.snapshot();
        long zones = snapshot.nodes().stream()
                .map(Node::zone)
                .filter(zone -> !zone.isEmpty())
                .distinct()
                .count();
        Snapshot.Horizon horizon = snapshot.horizon();
        line(
                "snapshot  %s: %s in %s, %s",
                snapshot.file(),
                counted(snapshot.nodes().size(), "node"),
                counted(zones, "zone"),
                counted(snapshot.partitions().size(), "partition"));
        line(
                "horizon   %s of %s from %s",
                counted(horizon.windows(), "window"),
                Figures.duration(Duration.ofMillis(horizon.windowMillis())),
                Figures.moment(horizon.startMillis()));
        line(
                "planned   for the p%s of a node's load, up to %s of its capacity",
                Figures.number(100 * made.settings().quantile()).replace(".0", ""),
                Figures.percent(made.settings().placement().headroom()));
        if (made.stopped()) {
            line("stopped   before its time was used up: this is the best that was found until then");
        }
    }

    private static String counted(long count, String thing) {
        return Figures.count(count) + " " + thing + (count == 1 ? "" : "s");
    }

    // ---- Costs ------------------------------------------------------------------------------------------------------

    private void costs() {
        Placement placement = made.placement();
        line("");
        line("%-32s %12s %12s %12s", "cost, node-hours per hour", "now", "planned", "change");
        for (Placement.TermCost cost : placement.costs()) {
            line(
                    "%-32s %12s %12s %12s",
                    cost.term(), cost(cost.before()), cost(cost.after()), signed(cost.after() - cost.before()));
        }
        double after = placement.costAfter();
        line(
                "%-32s %12s %12s %12s",
                "total", cost(placement.costBefore()), cost(after), signed(after - placement.costBefore()));
        double bound = placement.lowerBound();
        if (Double.isInfinite(bound)) {
            line("No lower bound is known: a cost term of your own gives none.");
        } else {
            line(
                    "No placement can cost less than %s; this one is %s above that.",
                    cost(bound), cost(Math.max(0, after - bound)));
        }
    }

    private static String cost(double value) {
        return Math.abs(value) < 0.00005 ? "0" : String.format(Locale.ROOT, "%,.4f", value);
    }

    private static String signed(double value) {
        return Math.abs(value) < 0.00005 ? "" : String.format(Locale.ROOT, "%+,.4f", value);
    }

    // ---- Moves ------------------------------------------------------------------------------------------------------

    private void moves() {
        List<PlannedStep> steps = made.plan().steps();
        line("");
        if (steps.isEmpty()) {
            line("No move: %s.", whyNone());
        } else {
            long bytes = steps.stream().mapToLong(PlannedStep::expectedBytes).sum();
            line(
                    "Plan %s: %s, %s",
                    made.plan().hash().substring(0, 12), counted(steps.size(), "move"), Figures.bytes(bytes));
            int told = everything ? steps.size() : Math.min(steps.size(), TOLD);
            for (int i = 0; i < told; i++) {
                move(i, steps.get(i));
            }
            if (told < steps.size()) {
                line("      and %d more: --all tells them", steps.size() - told);
            }
        }
        leftOut(made.plan().dropped());
    }

    private void leftOut(List<DroppedMove> dropped) {
        if (dropped.isEmpty()) {
            return;
        }
        line(
                "Left out: %s that would pay, so that the plan ends above the planned cost:",
                counted(dropped.size(), "move"));
        int told = everything ? dropped.size() : Math.min(dropped.size(), LEFT_OUT_TOLD);
        for (DroppedMove drop : dropped.subList(0, told)) {
            line("  - %s %s -> %s: %s", name(drop.partition()), drop.source(), drop.target(), drop.reason());
        }
        if (told < dropped.size()) {
            line("  - and %d more (--all); concurrentMoves and copyBytesPerSecond set the pace", dropped.size() - told);
        }
    }

    private String whyNone() {
        if (!made.placement().relocations().isEmpty()) {
            return "what would pay cannot be ready in time";
        }
        return made.placement().overloaded().isEmpty()
                ? "no node gets near its capacity, and nothing else saves more than moving costs"
                : "none saves more than it costs";
    }

    private void move(int index, PlannedStep step) {
        List<NodeId> nodes = step.step().nodes();
        PlanStep what = step.step();
        String by = step.hasDeadline()
                ? "start by " + Figures.weekdayMoment(step.actByMillis()) + ", needed " + clock(step.readyByMillis())
                : "any time";
        line(
                "%4d. %s  %s -> %s  %s, %s%s",
                index + 1,
                name(what.partitions().get(0)),
                nodes.get(0),
                nodes.get(nodes.size() - 1),
                Figures.bytes(step.expectedBytes()),
                by,
                after(step));
        Relocation relocation = relocations.get(what.partitions().get(0));
        // A plan's reason stands on its own; here the move stands in the line above.
        String move =
                ": " + name(what.partitions().get(0)) + " moves " + nodes.get(0) + " -> " + nodes.get(nodes.size() - 1);
        line("      why: %s", step.reason().replace(move, ""));
        if (relocation != null) {
            line("      %s", terms(relocation));
            line("      without it: %s", without(relocation));
        }
    }

    private static String after(PlannedStep step) {
        if (step.after().size() > 4) {
            return ", after " + step.after().size() + " of the moves above";
        }
        return step.after().isEmpty()
                ? ""
                : ", after "
                        + String.join(
                                ", ",
                                step.after().stream().map(i -> (i + 1) + ".").toList());
    }

    private static String terms(Relocation relocation) {
        StringBuilder text = new StringBuilder();
        for (boolean saves : new boolean[] {true, false}) {
            List<String> some = relocation.terms().stream()
                    .filter(term -> (term.change() < 0) == saves)
                    .map(term -> term.term() + " " + String.format(Locale.ROOT, "%+.4f", term.change()))
                    .toList();
            if (!some.isEmpty()) {
                text.append(text.isEmpty() ? "" : "; ")
                        .append(saves ? "improves " : "worsens ")
                        .append(String.join(", ", some));
            }
        }
        return text.toString();
    }

    private String without(Relocation relocation) {
        List<Relocation.DrivingWindow> windows = relocation.windows();
        if (windows.isEmpty()) {
            return String.format(
                    Locale.ROOT, "the placement costs %.4f node-hours per hour more", -relocation.change());
        }
        Relocation.DrivingWindow worst = windows.get(0);
        for (Relocation.DrivingWindow window : windows) {
            worst = window.without() > worst.without() ? window : worst;
        }
        return String.format(
                Locale.ROOT,
                "as things are %s is over its headroom in %s (%s), at most %s of its %s at %s; with the plan %s",
                relocation.source(),
                counted(windows.size(), "window"),
                spans(windows),
                Figures.percent(rounded(worst.without())),
                worst.resource().label(),
                clock(start(worst.window())),
                Figures.percent(rounded(worst.with())));
    }

    /** Consecutive windows as one span each, the first three of them. */
    private String spans(List<Relocation.DrivingWindow> windows) {
        StringBuilder text = new StringBuilder();
        int spans = 0;
        for (int i = 0; i < windows.size(); i++) {
            int first = i;
            while (i + 1 < windows.size()
                    && windows.get(i + 1).window() == windows.get(i).window() + 1) {
                i++;
            }
            if (++spans > 3) {
                return text.append(", ...").toString();
            }
            text.append(text.isEmpty() ? "" : ", ")
                    .append(clock(start(windows.get(first).window())))
                    .append(" to ")
                    .append(clock(start(windows.get(i).window() + 1)));
        }
        return text.toString();
    }

    private long start(int window) {
        return made.snapshot().horizon().startMillis()
                + window * made.snapshot().horizon().windowMillis();
    }

    private static double rounded(double share) {
        return Math.round(share * 100) / 100.0;
    }

    private static String clock(long millis) {
        String moment = Figures.weekdayMoment(millis);
        return moment.substring(0, 3) + moment.substring(moment.lastIndexOf(' '));
    }

    private String name(PartitionId partition) {
        return names.getOrDefault(partition, partition.toString());
    }

    // ---- What is left, and how many nodes ---------------------------------------------------------------------------

    private void overloads() {
        for (OverloadedNode node : made.placement().overloaded()) {
            line("");
            line(
                    "%s stays at %s of its %s at %s:",
                    node.node(),
                    Figures.percent(rounded(node.utilisation())),
                    node.resource().label(),
                    clock(start(node.window())));
            node.reasons().forEach(reason -> line("  - %s", reason));
        }
    }

    private void scale() {
        ScaleAdvice scale = made.scale();
        line("");
        ScaleAdvice.Need most = scale.needs().get(0);
        ScaleAdvice.Need least = most;
        for (ScaleAdvice.Need need : scale.needs()) {
            most = need.nodes() > most.nodes() ? need : most;
            least = need.nodes() < least.nodes() ? need : least;
        }
        String often = least.nodes() == most.nodes()
                ? "in every window"
                : String.format(
                        Locale.ROOT,
                        "at %s, %d at %s",
                        clock(start(most.window())),
                        least.nodes(),
                        clock(start(least.window())));
        line(
                "Nodes: %d take partitions now; for %s at least %d are needed %s.",
                scale.nodesNow(), most.resource().label(), most.nodes(), often);
        scale.addition()
                .ifPresent(add -> line(
                        "  add %d before %s: start by %s, %s to copy, %s node-hours until the end of the horizon",
                        add.nodes(),
                        Figures.weekdayMoment(add.neededByMillis()),
                        Figures.weekdayMoment(add.startByMillis()),
                        Figures.bytes(add.bytes()),
                        Figures.number(add.nodeHours())));
        for (ScaleAdvice.Spare spare : scale.spares()) {
            line(
                    "  %s to %s %s could be empty (%s): saves %s node-hours, costs %s%s",
                    clock(start(spare.fromWindow())),
                    clock(start(spare.untilWindow())),
                    counted(spare.nodes().size(), "node"),
                    some(spare.nodes()),
                    Figures.number(spare.savedNodeHours()),
                    Figures.number(spare.costNodeHours()),
                    spare.pays() ? "" : ": not worth it");
        }
        made.check().ifPresent(this::check);
    }

    private static String some(List<NodeId> nodes) {
        List<String> names = nodes.stream().limit(4).map(node -> node.name()).toList();
        return String.join(", ", names) + (nodes.size() > 4 ? ", ..." : "");
    }

    private void check(ScaleCheck.Verdict verdict) {
        line("");
        String change = verdict.added().isEmpty()
                ? verdict.removed().isEmpty() ? "As many nodes as now" : "Without " + some(verdict.removed())
                : "With " + some(verdict.added());
        line("%s: %s", change, verdict.fits() ? "everything fits." : "it does not fit:");
        verdict.reasons().forEach(reason -> line("  - %s", reason));
        for (ScaleCheck.Peak peak : verdict.peaks()) {
            line(
                    "  %s: at most %s, on %s at %s",
                    peak.resource().label(),
                    Figures.percent(rounded(peak.utilisation())),
                    peak.node(),
                    clock(start(peak.window())));
        }
    }
}
