package io.foreshard.testkit;

import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.EngineCapabilities;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.engine.EngineObservation.PartitionSize;
import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.StepId;
import io.foreshard.core.workload.WorkloadSample;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An engine in memory that moves partitions at the commanded rate on a clock of the test, and fails when it is told to.
 *
 * <p>It keeps records in a sorted map per node and really copies them, so that the contract can look for lost ones. One
 * thread. {@link #restarted} is what a new process would find: unfinished steps are gone, finished ones are remembered.
 */
public final class FakeEngine implements Engine {
    private static final int STEPS_PER_NODE = 2;

    /** What survives a restart. */
    private static final class Disk {
        PartitionMap map;
        long term;
        final Map<StepId, StepOutcome.Applied> finished = new LinkedHashMap<>();
        final Map<NodeId, TreeMap<Key, byte[]>> records = new TreeMap<>();
        final Map<PartitionId, Long> paddingBytes = new TreeMap<>();
        final Map<NodeId, Node> nodes = new TreeMap<>();

        Disk(PartitionMap map) {
            this.map = map;
        }
    }

    /** An unfinished step. */
    private static final class Progress {
        final PlanStep step;
        long copiedBytes;
        long lastMillis;

        Progress(PlanStep step, long nowMillis) {
            this.step = step;
            this.lastMillis = nowMillis;
        }
    }

    private final Disk disk;
    private final InstantSource clock;
    private final Map<StepId, Progress> unfinished = new LinkedHashMap<>();
    private final Deque<Fault> nextFaults = new ArrayDeque<>();
    private final Set<NodeId> dead = new TreeSet<>();
    private final List<WorkloadSample.Count> counts = new ArrayList<>();
    private final List<WorkloadSample.PairTraffic> pairs = new ArrayList<>();
    private final List<StepCommand> calls = new ArrayList<>();
    private Function<StepCommand, Fault> faults = command -> Fault.NONE;
    private long observedMillis;

    /** @param nodes every node that {@code map} names, and any others */
    public FakeEngine(PartitionMap map, List<Node> nodes, InstantSource clock) {
        this(new Disk(map), clock);
        for (Node node : nodes) {
            disk.nodes.put(node.id(), node);
            disk.records.put(node.id(), new TreeMap<>());
        }
        for (Partition partition : map.partitions()) {
            if (!disk.nodes.containsKey(partition.node())) {
                throw new IllegalArgumentException(partition.id() + " is on " + partition.node() + ", not a node");
            }
        }
    }

    private FakeEngine(Disk disk, InstantSource clock) {
        this.disk = disk;
        this.clock = clock;
        this.observedMillis = clock.millis();
    }

    /** The engine that a new process finds on the same disk; this one must not be used any more. */
    public FakeEngine restarted() {
        return new FakeEngine(disk, clock);
    }

    /** The next calls of apply or abandon suffer these, one each. */
    public void failNext(Fault... next) {
        nextFaults.addAll(List.of(next));
    }

    /** Asked at every call of apply or abandon for which {@link #failNext} has nothing. */
    public void failBy(Function<StepCommand, Fault> source) {
        faults = source;
    }

    /** From now on {@code node} does not answer and is seen as not alive. */
    public void kill(NodeId node) {
        dead.add(node);
    }

    public void revive(NodeId node) {
        dead.remove(node);
    }

    /** Makes {@code partition} {@code bytes} larger than its records. */
    public void pad(PartitionId partition, long bytes) {
        disk.paddingBytes.put(partition, bytes);
    }

    /** Shows {@code count} in the next observation. */
    public void count(WorkloadSample.Count count) {
        counts.add(count);
    }

    /** Shows {@code traffic} in the next observation. */
    public void count(WorkloadSample.PairTraffic traffic) {
        pairs.add(traffic);
    }

    /** Every command that apply or abandon was called with since the start, in order, faults included. */
    public List<StepCommand> calls() {
        return List.copyOf(calls);
    }

    public PartitionMap map() {
        return disk.map;
    }

    public void put(Key key, byte[] value) {
        recordsOf(disk.map.locate(key).node()).put(key, value.clone());
    }

    public Optional<byte[]> get(Key key) {
        return Optional.ofNullable(recordsOf(disk.map.locate(key).node()).get(key))
                .map(byte[]::clone);
    }

    /** The nodes on which a record with {@code key} lies. */
    public Set<NodeId> holders(Key key) {
        Set<NodeId> holders = new TreeSet<>();
        disk.records.forEach((node, records) -> {
            if (records.containsKey(key)) {
                holders.add(node);
            }
        });
        return holders;
    }

    @Override
    public EngineCapabilities capabilities() {
        return new EngineCapabilities("fake", STEPS_PER_NODE);
    }

    @Override
    public EngineObservation observe() {
        long now = clock.millis();
        List<Node> nodes = disk.nodes.values().stream()
                .map(n -> new Node(n.id(), n.capacity(), n.zone(), n.alive() && !dead.contains(n.id())))
                .toList();
        List<PartitionSize> sizes = disk.map.partitions().stream()
                .map(p -> new PartitionSize(p.id(), bytesOf(p)))
                .toList();
        WorkloadSample sample = new WorkloadSample(observedMillis, now, counts, pairs, 0);
        counts.clear();
        pairs.clear();
        observedMillis = now;
        return new EngineObservation(now, disk.map, nodes, sizes, sample, List.copyOf(unfinished.keySet()));
    }

    @Override
    public StepOutcome apply(StepCommand command) {
        return withFault(command, () -> carryForward(command));
    }

    @Override
    public StepOutcome abandon(StepCommand command) {
        return withFault(command, () -> takeBack(command));
    }

    @Override
    public void close() {}

    private StepOutcome withFault(StepCommand command, Supplier<StepOutcome> effect) {
        calls.add(command);
        Fault fault = nextFaults.isEmpty() ? faults.apply(command) : nextFaults.removeFirst();
        return switch (fault) {
            case NONE -> effect.get();
            case LOST_REQUEST -> new StepOutcome.Unknown("the request of step " + command.id() + " was lost");
            case LOST_REPLY -> {
                StepOutcome lost = effect.get();
                yield new StepOutcome.Unknown("the reply to step " + command.id() + " was lost: " + lost);
            }
            case REFUSAL -> {
                unfinished.remove(command.id());
                yield new StepOutcome.Refused("step " + command.id() + " is refused by order of the test");
            }
        };
    }

    private StepOutcome carryForward(StepCommand command) {
        Optional<StepOutcome> fenced = fence(command);
        if (fenced.isPresent()) {
            return fenced.get();
        }
        StepOutcome.Applied done = disk.finished.get(command.id());
        if (done != null) {
            return done;
        }
        if (command.step().isDoneIn(disk.map)) {
            return new StepOutcome.Applied(0, 0);
        }
        Progress progress = unfinished.get(command.id());
        if (progress == null) {
            Optional<String> refusal = refusalOfStart(command.step());
            if (refusal.isPresent()) {
                return new StepOutcome.Refused(refusal.get());
            }
            progress = new Progress(command.step(), clock.millis());
            unfinished.put(command.id(), progress);
        }
        for (NodeId node : command.step().nodes()) {
            if (dead.contains(node)) {
                return new StepOutcome.Unknown(node + " does not answer");
            }
        }
        return command.step() instanceof PlanStep.Move move ? copy(command, move, progress) : reshape(command);
    }

    private StepOutcome reshape(StepCommand command) {
        disk.map = command.step().applyTo(disk.map);
        unfinished.remove(command.id());
        StepOutcome.Applied applied = new StepOutcome.Applied(0, 0);
        disk.finished.put(command.id(), applied);
        return applied;
    }

    private StepOutcome copy(StepCommand command, PlanStep.Move move, Progress progress) {
        Partition partition = disk.map.find(move.partition()).orElseThrow();
        long now = clock.millis();
        progress.copiedBytes += (long) (command.copyBytesPerSecond() * (now - progress.lastMillis) / 1000);
        progress.lastMillis = now;
        long total = bytesOf(partition);
        if (progress.copiedBytes < total) {
            return new StepOutcome.InProgress(progress.copiedBytes, total);
        }
        List<Key> keys = recordsOf(move.source()).keySet().stream()
                .filter(partition.range()::contains)
                .toList();
        for (Key key : keys) {
            recordsOf(move.target()).put(key, recordsOf(move.source()).remove(key));
        }
        disk.map = disk.map.withMove(move.partition(), move.target());
        unfinished.remove(command.id());
        StepOutcome.Applied applied = new StepOutcome.Applied(total, 0);
        disk.finished.put(command.id(), applied);
        return applied;
    }

    private StepOutcome takeBack(StepCommand command) {
        Optional<StepOutcome> fenced = fence(command);
        if (fenced.isPresent()) {
            return fenced.get();
        }
        if (disk.finished.containsKey(command.id())) {
            return new StepOutcome.Refused("step " + command.id() + " is done: its inverse is the way back");
        }
        Progress progress = unfinished.remove(command.id());
        return new StepOutcome.Applied(progress == null ? 0 : progress.copiedBytes, 0);
    }

    private Optional<StepOutcome> fence(StepCommand command) {
        if (command.term() < disk.term) {
            return Optional.of(new StepOutcome.Refused(
                    "term " + command.term() + " of step " + command.id() + " is older than " + disk.term));
        }
        disk.term = command.term();
        return Optional.empty();
    }

    private Optional<String> refusalOfStart(PlanStep step) {
        Optional<String> byMap = step.refusal(disk.map);
        if (byMap.isPresent()) {
            return byMap;
        }
        for (NodeId node : step.nodes()) {
            if (!disk.nodes.containsKey(node)) {
                return Optional.of("there is no node " + node);
            }
            if (dead.contains(node)) {
                return Optional.of(node + " is not alive");
            }
            long steps = unfinished.values().stream()
                    .filter(p -> p.step.nodes().contains(node))
                    .count();
            if (steps >= STEPS_PER_NODE) {
                return Optional.of(node + " takes part in " + steps + " steps already, its limit");
            }
        }
        for (Map.Entry<StepId, Progress> other : unfinished.entrySet()) {
            for (PartitionId partition : step.partitions()) {
                if (other.getValue().step.partitions().contains(partition)) {
                    return Optional.of("step " + other.getKey() + " works on " + partition + " already");
                }
            }
        }
        return Optional.empty();
    }

    private long bytesOf(Partition partition) {
        long bytes = disk.paddingBytes.getOrDefault(partition.id(), 0L);
        for (Map.Entry<Key, byte[]> entry : recordsOf(partition.node()).entrySet()) {
            if (partition.range().contains(entry.getKey())) {
                bytes += entry.getKey().length() + entry.getValue().length;
            }
        }
        return bytes;
    }

    private NavigableMap<Key, byte[]> recordsOf(NodeId node) {
        NavigableMap<Key, byte[]> records = disk.records.get(node);
        if (records == null) {
            throw new IllegalArgumentException("there is no node " + node);
        }
        return records;
    }
}
