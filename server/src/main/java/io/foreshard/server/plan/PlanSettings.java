package io.foreshard.server.plan;

import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.PlacementRules;
import io.foreshard.core.placement.PlacementSettings;
import io.foreshard.core.plan.PlannerOptions;
import io.foreshard.server.config.Settings;
import io.foreshard.server.terms.TermSetting;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The section {@code placement} of a configuration.
 *
 * @param placement what things cost
 * @param quantile for which quantile of a node's load to plan
 * @param capacityQuantile the same for the resources that must not run out
 * @param hardResources those
 * @param concurrentMoves how many moves run at a time; empty for a quarter of the nodes, four at least
 * @param concurrentMovesPerNode in how many of them one node takes part
 * @param nodeStart how long it takes until a node that is asked for takes partitions
 * @param terms cost terms of the operator's own
 * @param termTimeout how long one of their expressions may be evaluated
 */
public record PlanSettings(
        PlacementSettings placement,
        double quantile,
        double capacityQuantile,
        Set<Resource> hardResources,
        OptionalInt concurrentMoves,
        int concurrentMovesPerNode,
        Duration nodeStart,
        List<TermSetting> terms,
        Duration termTimeout) {
    private static final double QUANTILE_MAX = 0.999;
    private static final long OVERHEAD_MILLIS = 2_000;

    public PlanSettings {
        hardResources = Set.copyOf(hardResources);
        terms = List.copyOf(terms);
    }

    /** What counts where nobody configured anything. */
    public static PlanSettings usual() {
        return read(Settings.none());
    }

    /**
     * Reads the section.
     *
     * @throws io.foreshard.control.InputException naming file, line, setting, value and what was expected
     */
    public static PlanSettings read(Settings section) {
        PlacementSettings usual = PlacementSettings.DEFAULT;
        PlacementSettings placement = new PlacementSettings(
                weights(section.section("weights"), section),
                number(section, "headroom", 0.01, 1, usual.headroom()),
                number(section, "copyBytesPerSecond", 1, 1e15, usual.copyBytesPerSecond()),
                number(section, "moveHours", 0, 1e6, usual.moveHours()),
                number(section, "benefitMargin", 0, 1e6, usual.benefitMargin()));
        Settings cost = section.section("cost");
        PlanSettings settings = new PlanSettings(
                placement,
                number(section, "quantile", 0.5, QUANTILE_MAX, 0.9),
                number(section, "capacityQuantile", 0.5, QUANTILE_MAX, 0.99),
                hardResources(section),
                section.has("concurrentMoves")
                        ? OptionalInt.of(whole(section, "concurrentMoves", 1))
                        : OptionalInt.empty(),
                whole(section, "concurrentMovesPerNode", 1),
                section.duration("nodeStart").orElse(Duration.ofMinutes(10)),
                TermSetting.read(cost),
                cost.duration("timeout").orElse(Duration.ofSeconds(10)));
        cost.refuseUnknown();
        section.refuseUnknown();
        return settings;
    }

    private static PlacementSettings.Weights weights(Settings weights, Settings section) {
        PlacementSettings.Weights usual = PlacementSettings.Weights.DEFAULT;
        double overload = weight(weights, "overload", usual.overload());
        double evenness = weight(weights, "evenness", usual.evenness());
        double transfer = weight(weights, "transfer", usual.transfer());
        double client = weight(weights, "client", usual.client());
        double move = weight(weights, "move", usual.move());
        double churn = weight(weights, "churn", usual.churn());
        double lineage = weight(weights, "lineage", usual.lineage());
        double nodeInUse = weight(weights, "nodeInUse", usual.nodeInUse());
        double drain = weight(weights, "drain", usual.drain());
        double misplaced = weight(weights, "misplaced", usual.misplaced());
        weights.refuseUnknown();
        if (overload + evenness + transfer + client + lineage + nodeInUse + drain + misplaced == 0) {
            throw section.refuse(
                    "weights",
                    "one weight above 0 that looks at placements: with all of them 0 every"
                            + " placement is as good as any other");
        }
        return new PlacementSettings.Weights(
                overload, evenness, transfer, client, move, churn, lineage, nodeInUse, drain, misplaced);
    }

    private static double weight(Settings weights, String name, double otherwise) {
        return number(weights, name, 0, 1e9, otherwise);
    }

    private static double number(Settings section, String name, double min, double max, double otherwise) {
        double number = section.number(name).orElse(otherwise);
        if (number < min || number > max) {
            throw section.refuse(name, "a number from " + min + " to " + max);
        }
        return number;
    }

    private static int whole(Settings section, String name, int otherwise) {
        long number = section.wholeNumber(name).orElse(otherwise);
        if (number < 1 || number > 10_000) {
            throw section.refuse(name, "a whole number from 1 to 10000");
        }
        return (int) number;
    }

    private static Set<Resource> hardResources(Settings section) {
        if (!section.has("hardResources")) {
            return PlacementRules.NONE.hardResources();
        }
        Set<Resource> hard = EnumSet.noneOf(Resource.class);
        for (String text : section.texts("hardResources")) {
            Set<Resource> named = EnumSet.allOf(Resource.class);
            named.removeIf(resource -> !resource.label().equals(text));
            if (named.isEmpty()) {
                throw section.refuse(
                        "hardResources",
                        "a list of resources: "
                                + String.join(
                                        ", ",
                                        EnumSet.allOf(Resource.class).stream()
                                                .map(Resource::label)
                                                .toList()));
            }
            hard.addAll(named);
        }
        return hard;
    }

    /** How moves run in a cluster of so many nodes. */
    PlannerOptions planner(int nodes) {
        int moves = concurrentMoves.orElse(Math.max(4, nodes / 4));
        return new PlannerOptions(
                placement.copyBytesPerSecond(), OVERHEAD_MILLIS, 0.25, moves, Math.min(moves, concurrentMovesPerNode));
    }

    /** For which quantile to plan, resource by resource. */
    Map<Resource, Double> quantiles() {
        Map<Resource, Double> quantiles = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            quantiles.put(resource, hardResources.contains(resource) ? capacityQuantile : quantile);
        }
        return quantiles;
    }
}
