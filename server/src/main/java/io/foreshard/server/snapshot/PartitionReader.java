package io.foreshard.server.snapshot;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.PlacedPartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the partitions of a snapshot: where they are, what they hold and use, and where they came from. */
final class PartitionReader {
    private static final double NO_LIMIT = 1e300;
    private static final double BYTES_MAX = 1e18;

    private final Map<String, Node> nodes;
    private final List<Resource> resources;
    private final Snapshot.Horizon horizon;
    private final long takenAtMillis;
    private final Map<String, double[]> shapes = new HashMap<>();
    private final Map<String, JsonValue> pending = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final KeyCover cover = new KeyCover();
    private @Nullable PartitionLoads loads;

    PartitionReader(Map<String, Node> nodes, List<Resource> resources, Snapshot.Horizon horizon, long takenAtMillis) {
        this.nodes = nodes;
        this.resources = resources;
        this.horizon = horizon;
        this.takenAtMillis = takenAtMillis;
    }

    /** One partition; {@code leaving} is where a pending step takes it from. */
    private record Entry(
            PartitionId id,
            String name,
            String table,
            NodeId node,
            @Nullable NodeId leaving,
            long bytes,
            List<String> parents,
            PlacedPartition.Moved moved,
            JsonValue source) {}

    void readShapes(Optional<JsonValue> section) {
        section.ifPresent(all ->
                all.fields().forEach((name, shape) -> shapes.put(name, shape.numbers(horizon.windows()))));
    }

    void readPending(List<JsonValue> list) {
        for (JsonValue step : list) {
            JsonValue partition = step.required("partition");
            node(step.required("target"));
            if (pending.put(partition.name(), step) != null) {
                throw partition.refuse("a partition that no other pending step moves");
            }
            step.refuseUnknown();
        }
    }

    void read(JsonValue section) {
        List<JsonValue> list = section.elements();
        PartitionLoads all = new PartitionLoads(resources, list.size(), horizon.windows());
        loads = all;
        for (JsonValue value : list) {
            JsonValue id = value.required("id");
            Entry entry = entry(id.name(), value);
            if (entries.put(entry.name(), entry) != null) {
                throw id.refuse("an id that no other partition has");
            }
            readLoad(value, entry, all);
            cover.add(entry.table(), entry.name(), value);
            value.get("pins");
            value.get("immovable");
            value.refuseUnknown();
        }
        cover.check();
        for (Map.Entry<String, JsonValue> step : pending.entrySet()) {
            if (!entries.containsKey(step.getKey())) {
                throw step.getValue()
                        .required("partition")
                        .refuse("the id of one of the partitions, such as " + anyPartition());
            }
        }
    }

    private Entry entry(String name, JsonValue value) {
        NodeId present = node(value.required("node"));
        JsonValue step = pending.get(name);
        NodeId target = step == null ? present : node(step.required("target"));
        return new Entry(
                new PartitionId(entries.size() + 1),
                name,
                value.text("table", ""),
                target,
                target.equals(present) ? null : present,
                (long) value.required("bytes").number(0, BYTES_MAX),
                value.get("parents").map(JsonValue::names).orElse(List.of()),
                moved(value),
                value);
    }

    private PlacedPartition.Moved moved(JsonValue value) {
        double warmUp = value.number("warm_up_hours", 0, 1e6).orElse(Double.NaN);
        Optional<JsonValue> last = value.get("last_moved");
        if (last.isEmpty()) {
            return new PlacedPartition.Moved(Double.POSITIVE_INFINITY, warmUp);
        }
        double hours = (takenAtMillis - SnapshotReader.moment(last.get())) / 3_600_000.0;
        if (hours < 0) {
            throw last.get().refuse("a time before the snapshot was taken");
        }
        return new PlacedPartition.Moved(hours, warmUp);
    }

    // ---- Load -------------------------------------------------------------------------------------------------------

    private void readLoad(JsonValue value, Entry entry, PartitionLoads all) {
        int row = entries.size() - 1;
        value.get("load")
                .ifPresent(load -> load.fields().forEach((name, amount) -> {
                    Resource resource = SnapshotReader.resource(amount, name);
                    double[][] band = band(amount);
                    if (resources.contains(resource)) {
                        all.set(row, resource, band[0], band[1]);
                    }
                }));
        boolean says = value.get("load")
                .map(load -> load.fields().containsKey(Resource.DISK.label()))
                .orElse(false);
        if (resources.contains(Resource.DISK) && !says) {
            double[] constant = constant((double) entry.bytes());
            all.set(row, Resource.DISK, constant, constant);
        }
    }

    /** Median and p90, window by window. */
    private double[][] band(JsonValue amount) {
        if (!amount.isObject()) {
            double[] median = series(amount);
            return new double[][] {median, median};
        }
        double[] median = series(amount.required("p50"));
        double[] high = amount.get("p90").map(this::series).orElse(median);
        Optional<JsonValue> shape = amount.get("shape");
        if (shape.isPresent()) {
            double[] factors = shapes.get(shape.get().name());
            if (factors == null) {
                throw shape.get().refuse("the name of one of the shapes");
            }
            median = product(median, factors);
            high = product(high, factors);
        }
        amount.refuseUnknown();
        for (int w = 0; w < median.length; w++) {
            if (high[w] < median[w]) {
                throw amount.wrong("has a p90 of " + high[w] + " below its p50 of " + median[w] + " in window " + w
                        + ": expected it to be as high or higher");
            }
        }
        return new double[][] {median, high};
    }

    private double[] series(JsonValue value) {
        return value.isNumber() ? constant(value.number(0, NO_LIMIT)) : value.numbers(horizon.windows());
    }

    private double[] constant(double amount) {
        double[] constant = new double[horizon.windows()];
        Arrays.fill(constant, amount);
        return constant;
    }

    private static double[] product(double[] amounts, double[] factors) {
        double[] product = amounts.clone();
        for (int w = 0; w < product.length; w++) {
            product[w] *= factors[w];
        }
        return product;
    }

    // ---- What the rest of the snapshot asks about -------------------------------------------------------------------

    NodeId node(JsonValue value) {
        Node node = nodes.get(value.name());
        if (node == null) {
            throw value.refuse("the id of one of the " + nodes.size() + " nodes, such as "
                    + nodes.keySet().iterator().next());
        }
        return node.id();
    }

    PartitionId known(JsonValue value) {
        Entry entry = entries.get(value.name());
        if (entry == null) {
            throw value.refuse("the id of one of the " + entries.size() + " partitions, such as " + anyPartition());
        }
        return entry.id();
    }

    private String anyPartition() {
        return entries.isEmpty()
                ? "(there are none)"
                : entries.keySet().iterator().next();
    }

    /** Every partition with the object it was read from. */
    Map<PartitionId, JsonValue> sources() {
        Map<PartitionId, JsonValue> sources = new LinkedHashMap<>();
        entries.values().forEach(entry -> sources.put(entry.id(), entry.source()));
        return sources;
    }

    /** The partitions of a table; none when there is no such table. */
    List<PartitionId> ofTable(String table) {
        return entries.values().stream()
                .filter(entry -> entry.table().equals(table))
                .map(Entry::id)
                .toList();
    }

    PartitionLoads loads() {
        return Objects.requireNonNull(loads, "partitions are read first");
    }

    List<PlacedPartition> placed() {
        Map<String, Entry> firstChild = new HashMap<>();
        Map<String, Entry> secondChild = new HashMap<>();
        for (Entry entry : entries.values()) {
            for (String parent : entry.parents()) {
                if (firstChild.putIfAbsent(parent, entry) != null) {
                    secondChild.putIfAbsent(parent, entry);
                }
            }
        }
        List<PlacedPartition> placed = new ArrayList<>();
        for (Entry entry : entries.values()) {
            placed.add(new PlacedPartition(
                    entry.id(),
                    entry.node(),
                    entry.bytes(),
                    kin(entry, firstChild, secondChild),
                    entry.table(),
                    entry.name(),
                    entry.leaving(),
                    entry.moved()));
        }
        return placed;
    }

    /** Where the nearest living relative is: a parent, or else another child of the nearest parent that has one. */
    private @Nullable NodeId kin(Entry entry, Map<String, Entry> firstChild, Map<String, Entry> secondChild) {
        for (String parent : entry.parents()) {
            Entry living = entries.get(parent);
            if (living != null) {
                return living.node();
            }
        }
        for (String parent : entry.parents()) {
            Entry first = firstChild.get(parent);
            boolean isItself = first != null && first.id().equals(entry.id());
            Entry sibling = isItself ? secondChild.get(parent) : first;
            if (sibling != null) {
                return sibling.node();
            }
        }
        return null;
    }
}
