package io.foreshard.server.snapshot;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.placement.PlacementRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Reads what no placement of a snapshot may do: pins, label rules, groups, limits. */
final class RuleReader {
    private final Map<String, Node> nodes;
    private final PartitionReader partitions;
    private final Set<NodeId> closed;
    private final Set<NodeId> draining;
    private final Set<PartitionId> immovable = new HashSet<>();
    private final Map<PartitionId, Set<NodeId>> pinned = new HashMap<>();
    private final List<PlacementRules.NodeRule> nodeRules = new ArrayList<>();
    private final List<PlacementRules.Spread> spread = new ArrayList<>();
    private final List<PlacementRules.Apart> apart = new ArrayList<>();
    private final List<PlacementRules.TableLimit> limits = new ArrayList<>();

    RuleReader(Map<String, Node> nodes, PartitionReader partitions, Set<NodeId> closed, Set<NodeId> draining) {
        this.nodes = nodes;
        this.partitions = partitions;
        this.closed = closed;
        this.draining = draining;
        partitions.sources().forEach(this::readPins);
    }

    private void readPins(PartitionId id, JsonValue partition) {
        partition.get("pins").ifPresent(pins -> {
            Set<NodeId> allowed = new HashSet<>();
            pins.elements().forEach(node -> allowed.add(partitions.node(node)));
            if (allowed.isEmpty()) {
                throw pins.refuse("the nodes that the partition may be on, one or more");
            }
            pinned.put(id, allowed);
        });
        if (partition.get("immovable").map(JsonValue::flag).orElse(false)) {
            immovable.add(id);
        }
    }

    void read(JsonValue rules) {
        for (JsonValue rule : rules.list("nodes")) {
            nodeRules.add(new PlacementRules.NodeRule(rule.required("name").name(), selected(rule), allowed(rule)));
            rule.refuseUnknown();
        }
        for (JsonValue rule : rules.list("spread")) {
            int zones = rule.required("zones_min").whole(1, 1000);
            spread.add(new PlacementRules.Spread(rule.required("name").name(), selected(rule), zones));
            rule.refuseUnknown();
        }
        for (JsonValue rule : rules.list("apart")) {
            apart.add(new PlacementRules.Apart(rule.required("name").name(), selected(rule), byZone(rule)));
            rule.refuseUnknown();
        }
        for (JsonValue rule : rules.list("table_limits")) {
            JsonValue table = rule.required("table");
            requireTable(table);
            limits.add(new PlacementRules.TableLimit(
                    table.name(), rule.required("partitions_per_node").whole(1, Integer.MAX_VALUE)));
            rule.refuseUnknown();
        }
        rules.refuseUnknown();
    }

    private static boolean byZone(JsonValue rule) {
        String by = rule.text("by", "node");
        if (!by.equals("node") && !by.equals("zone")) {
            throw rule.required("by").refuse("node or zone");
        }
        return by.equals("zone");
    }

    /** The partitions that a rule names, one by one or by table. */
    private Set<PartitionId> selected(JsonValue rule) {
        Set<PartitionId> selected = new LinkedHashSet<>();
        rule.list("partitions").forEach(partition -> selected.add(partitions.known(partition)));
        rule.list("tables").forEach(table -> {
            requireTable(table);
            selected.addAll(partitions.ofTable(table.name()));
        });
        if (selected.isEmpty()) {
            throw rule.wrong("names no partition: expected \"partitions\" or \"tables\"");
        }
        return selected;
    }

    private void requireTable(JsonValue table) {
        if (partitions.ofTable(table.name()).isEmpty()) {
            throw table.refuse("a table that some partition belongs to");
        }
    }

    /** The nodes that meet every condition of a rule. */
    private Set<NodeId> allowed(JsonValue rule) {
        List<Predicate<Node>> conditions = new ArrayList<>();
        rule.get("nodes").ifPresent(list -> conditions.add(isOneOf(list)));
        rule.get("not_nodes").ifPresent(list -> conditions.add(isOneOf(list).negate()));
        rule.get("zones").ifPresent(list -> {
            List<String> zones = list.names();
            conditions.add(node -> zones.contains(node.zone()));
        });
        rule.get("not_zones").ifPresent(list -> {
            List<String> zones = list.names();
            conditions.add(node -> !zones.contains(node.zone()));
        });
        rule.get("labels")
                .ifPresent(labels -> labels.fields().forEach((name, value) -> {
                    String text = value.text();
                    conditions.add(node -> text.equals(node.labels().get(name)));
                }));
        rule.get("not_labels")
                .ifPresent(labels -> labels.fields().forEach((name, value) -> {
                    String text = value.text();
                    conditions.add(node -> !text.equals(node.labels().get(name)));
                }));
        if (conditions.isEmpty()) {
            throw rule.wrong("has no condition: expected nodes, not_nodes, zones, not_zones, labels or not_labels");
        }
        Set<NodeId> allowed = new LinkedHashSet<>();
        for (Node node : nodes.values()) {
            if (conditions.stream().allMatch(condition -> condition.test(node))) {
                allowed.add(node.id());
            }
        }
        if (allowed.isEmpty()) {
            throw rule.wrong("allows none of the " + nodes.size() + " nodes: correct its conditions");
        }
        return allowed;
    }

    private Predicate<Node> isOneOf(JsonValue list) {
        Set<NodeId> named = new HashSet<>();
        list.elements().forEach(node -> named.add(partitions.node(node)));
        return node -> named.contains(node.id());
    }

    /** Hard resources and moves at a time are the configuration's. */
    PlacementRules rules() {
        PlacementRules usual = PlacementRules.NONE;
        return new PlacementRules(
                immovable,
                pinned,
                closed,
                draining,
                spread,
                usual.hardResources(),
                nodeRules,
                apart,
                limits,
                usual.concurrentMovesPerNode());
    }
}
