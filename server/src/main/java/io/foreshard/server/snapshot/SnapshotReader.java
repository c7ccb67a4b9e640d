package io.foreshard.server.snapshot;

import io.foreshard.control.InputException;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.ClientTraffic;
import io.foreshard.core.placement.CoAccess;
import io.foreshard.core.placement.Locality;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.server.config.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a snapshot; {@code docs/reference/snapshot.md} describes the format.
 *
 * <p>Everything is checked while it is read, and whatever is wrong is said with file, line, path, value and what was
 * expected.
 */
public final class SnapshotReader {
    /** What the field {@code format} says. */
    public static final String FORMAT = "foreshard-snapshot";

    /** The version that is read and documented. */
    public static final int VERSION = 1;

    private static final int WINDOWS_MAX = 10_000;
    private static final double NO_LIMIT = 1e300;

    private final JsonValue root;
    private final String file;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<NodeId> closed = new HashSet<>();
    private final Set<NodeId> draining = new HashSet<>();

    private SnapshotReader(JsonValue root, String file) {
        this.root = root;
        this.file = file;
    }

    /**
     * Reads a file, plain or gzip.
     *
     * @throws InputException when it cannot be used
     */
    public static Snapshot read(Path file) {
        return new SnapshotReader(JsonFile.read(file), String.valueOf(file.getFileName())).snapshot();
    }

    /** Reads a stream; {@code name} is what messages call it. */
    static Snapshot read(String name, InputStream in) throws IOException {
        return new SnapshotReader(JsonFile.read(name, in), name).snapshot();
    }

    private Snapshot snapshot() {
        checkVersion();
        long takenAt = moment(root.required("taken_at"));
        Snapshot.Horizon horizon = horizon(root.required("horizon"));
        readNodes();
        List<Resource> resources = limitedResources();
        if (root.required("partitions").elements().isEmpty()) {
            throw root.required("partitions").refuse("one partition or more");
        }
        PartitionReader partitions = new PartitionReader(nodes, resources, horizon, takenAt);
        partitions.readShapes(root.get("shapes"));
        partitions.readPending(root.list("pending"));
        partitions.read(root.required("partitions"));
        RuleReader rules = new RuleReader(nodes, partitions, closed, draining);
        root.get("rules").ifPresent(rules::read);
        List<PlacedPartition> placed = partitions.placed();
        Snapshot snapshot = new Snapshot(
                file,
                takenAt,
                horizon,
                List.copyOf(nodes.values()),
                placed,
                partitions.loads(),
                coAccess(partitions),
                new Locality(clients(partitions), distances()),
                rules.rules());
        root.text("comment", "");
        root.refuseUnknown();
        return snapshot;
    }

    private void checkVersion() {
        JsonValue format = root.required("format");
        if (!format.text().equals(FORMAT)) {
            throw format.refuse("\"" + FORMAT + "\": is this another file?");
        }
        JsonValue version = root.required("version");
        int number = version.whole(0, 1_000_000);
        if (number < VERSION) {
            throw version.refuse("" + VERSION + ": this is an older format. Export the cluster"
                    + " again; docs/reference/snapshot.md says under \"Versions\" what has changed");
        }
        if (number > VERSION) {
            throw version.refuse(
                    "" + VERSION + ": a newer Foreshard wrote this file. Use that one, or export for this");
        }
    }

    static long moment(JsonValue value) {
        try {
            return OffsetDateTime.parse(value.text()).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw value.refuse("a time with its offset, such as " + Instant.EPOCH);
        }
    }

    private Snapshot.Horizon horizon(JsonValue value) {
        long start = moment(value.required("start"));
        JsonValue window = value.required("window");
        long millis = Durations.parse(window.text())
                .filter(duration -> duration.toMillis() > 0)
                .orElseThrow(() -> window.refuse(Durations.FORM))
                .toMillis();
        int windows = value.required("windows").whole(1, WINDOWS_MAX);
        value.refuseUnknown();
        return new Snapshot.Horizon(start, millis, windows);
    }

    // ---- Nodes ------------------------------------------------------------------------------------------------------

    private void readNodes() {
        List<JsonValue> list = root.required("nodes").elements();
        if (list.isEmpty()) {
            throw root.required("nodes").refuse("one node or more");
        }
        for (JsonValue value : list) {
            JsonValue id = value.required("id");
            Map<String, String> labels = new LinkedHashMap<>();
            value.get("labels").ifPresent(all -> all.fields().forEach((name, label) -> labels.put(name, label.text())));
            Node node = new Node(
                    new NodeId(id.name()),
                    capacity(value.required("capacity")),
                    value.text("zone", ""),
                    isUp(value, new NodeId(id.name())),
                    labels);
            if (nodes.put(id.name(), node) != null) {
                throw id.refuse("an id that no other node has");
            }
            value.refuseUnknown();
        }
    }

    private boolean isUp(JsonValue node, NodeId id) {
        Optional<JsonValue> state = node.get("state");
        String text = state.map(JsonValue::text).orElse("up");
        switch (text) {
            case "up", "down" -> {}
            case "closed" -> closed.add(id);
            case "draining" -> draining.add(id);
            default ->
                throw state.orElse(node).refuse("up, down, closed (takes nothing new) or draining (to be emptied)");
        }
        return !text.equals("down");
    }

    private static ResourceVector capacity(JsonValue value) {
        Map<Resource, Double> amounts = new EnumMap<>(Resource.class);
        value.fields().forEach((name, amount) -> amounts.put(resource(amount, name), amount.positive()));
        if (amounts.isEmpty()) {
            throw value.refuse("the capacity of one resource or more, such as {\"io_ops\": 20000}");
        }
        return ResourceVector.capacity(amounts);
    }

    static Resource resource(JsonValue value, String name) {
        for (Resource resource : Resource.values()) {
            if (resource.label().equals(name)) {
                return resource;
            }
        }
        List<String> labels = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            labels.add(resource.label() + " (" + resource.unit() + ")");
        }
        throw value.wrong("is no resource: expected one of " + String.join(", ", labels));
    }

    private List<Resource> limitedResources() {
        List<Resource> limited = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            if (nodes.values().stream().anyMatch(node -> node.capacity().get(resource) != ResourceVector.UNLIMITED)) {
                limited.add(resource);
            }
        }
        return limited;
    }

    // ---- What partitions have to do with each other and with clients ------------------------------------------------

    private List<CoAccess> coAccess(PartitionReader partitions) {
        List<CoAccess> edges = new ArrayList<>();
        for (JsonValue value : root.list("co_access")) {
            PartitionId first = partitions.known(value.required("a"));
            PartitionId second = partitions.known(value.required("b"));
            edges.add(new CoAccess(first, second, rate(value)));
            value.refuseUnknown();
        }
        return edges;
    }

    private List<ClientTraffic> clients(PartitionReader partitions) {
        List<ClientTraffic> clients = new ArrayList<>();
        for (JsonValue value : root.list("clients")) {
            String zone = value.required("zone").name();
            clients.add(new ClientTraffic(zone, partitions.known(value.required("partition")), rate(value)));
            value.refuseUnknown();
        }
        return clients;
    }

    private static double rate(JsonValue value) {
        return value.required("bytes_per_second").number(0, NO_LIMIT);
    }

    private List<Locality.Distance> distances() {
        List<Locality.Distance> distances = new ArrayList<>();
        for (JsonValue value : root.list("zone_distances")) {
            distances.add(new Locality.Distance(
                    value.required("from").name(),
                    value.required("to").name(),
                    value.required("distance").number(0, 1e6)));
            value.refuseUnknown();
        }
        return distances;
    }
}
