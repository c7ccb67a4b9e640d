package io.foreshard.simulator.replay;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import io.foreshard.engine.embedded.EmbeddedEngine;
import io.foreshard.engine.embedded.Mutation;
import io.foreshard.engine.embedded.OpResult;
import io.foreshard.engine.embedded.OpStatus;
import io.foreshard.engine.embedded.StoreClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Carries the operations of a log out on a store, for real, and keeps the ledger of what was acknowledged. */
final class StoreWorkload {
    private static final int SCAN_RECORDS = 20;
    private static final int VALUE_BYTES_MIN = 8;
    private static final double NANOS_PER_MILLI = 1e6;

    private final EmbeddedEngine engine;
    private final StoreClient client;
    private final RecordLedger ledger;
    private final RunMetrics metrics;
    private final int valueBytesCap;
    private final Map<NodeId, Integer> nodeIndex = new HashMap<>();
    private long sequence;

    /** @param nodes in the order in which {@code metrics} counts them */
    StoreWorkload(
            EmbeddedEngine engine, RecordLedger ledger, RunMetrics metrics, List<NodeId> nodes, int valueBytesCap) {
        this.engine = engine;
        this.client = engine.client();
        this.ledger = ledger;
        this.metrics = metrics;
        this.valueBytesCap = valueBytesCap;
        for (NodeId node : nodes) {
            nodeIndex.put(node, nodeIndex.size());
        }
    }

    /** What a write leaves behind once it is acknowledged. */
    private static final class Pending {
        private final long keyDigest;
        private final byte[] value;
        private final long digest;

        Pending(long keyDigest, byte[] value, long digest) {
            this.keyDigest = keyDigest;
            this.value = value;
            this.digest = digest;
        }

        boolean isDelete() {
            return digest == 0;
        }
    }

    /** Carries out a single operation or a transaction, at the time of the store's clock. */
    void perform(List<OpEvent> group) {
        if (group.size() == 1) {
            single(group.get(0));
        } else {
            transaction(group);
        }
    }

    private void single(OpEvent event) {
        if (event.kind().isWrite()) {
            long keyDigest = RecordDigest.ofKey(event.key());
            Pending pending = pending(event, keyDigest, ledger.lastDigest(keyDigest));
            OpResult result = pending.isDelete() ? client.delete(event) : client.put(event, pending.value);
            note(event, result);
            acknowledge(result, List.of(pending));
        } else if (event.kind() == OpKind.SCAN) {
            note(event, client.scan(event, scanRange(event.key()), SCAN_RECORDS));
        } else {
            note(event, client.get(event));
        }
    }

    /** To the end of the partition at most: a log says where a scan starts, not where it ends. */
    private KeyRange scanRange(Key start) {
        return new KeyRange(start, engine.map().locate(start).range().endOrNull());
    }

    /** The writes of a transaction are atomic on each node they touch. */
    private void transaction(List<OpEvent> group) {
        PartitionMap map = engine.map();
        Map<NodeId, List<OpEvent>> byNode = new TreeMap<>();
        for (OpEvent event : group) {
            byNode.computeIfAbsent(map.locate(event.key()).node(), node -> new ArrayList<>())
                    .add(event);
        }
        metrics.transaction(group.get(0).timestampMillis(), byNode.size() > 1);
        if (byNode.size() > 1) {
            long bytes = group.stream().mapToLong(OpEvent::bytes).sum();
            client.countTransaction(group.stream().map(OpEvent::key).toList(), bytes);
        }
        for (List<OpEvent> events : byNode.values()) {
            List<OpEvent> writes = new ArrayList<>();
            for (OpEvent event : events) {
                if (event.kind().isWrite()) {
                    writes.add(event);
                } else {
                    single(event);
                }
            }
            if (!writes.isEmpty()) {
                writeTogether(writes);
            }
        }
    }

    private void writeTogether(List<OpEvent> writes) {
        List<Mutation> mutations = new ArrayList<>(writes.size());
        Map<Long, Pending> lastByKey = new LinkedHashMap<>();
        for (OpEvent event : writes) {
            long keyDigest = RecordDigest.ofKey(event.key());
            Pending before = lastByKey.get(keyDigest);
            Pending pending = pending(event, keyDigest, before == null ? ledger.lastDigest(keyDigest) : before.digest);
            mutations.add(
                    pending.isDelete()
                            ? Mutation.delete(event.key(), event.tags())
                            : Mutation.put(event.key(), event.tags(), pending.value));
            lastByKey.put(keyDigest, pending);
        }
        OpResult result = client.write(mutations);
        for (OpEvent event : writes) {
            note(event, result);
        }
        acknowledge(result, lastByKey.values());
    }

    private Pending pending(OpEvent event, long keyDigest, long before) {
        if (event.kind() == OpKind.DELETE) {
            return new Pending(keyDigest, new byte[0], 0);
        }
        int length = (int) Math.max(VALUE_BYTES_MIN, Math.min(valueBytesCap, event.bytes()));
        byte[] value = RecordDigest.valueBytes(keyDigest, before, sequence++, length);
        return new Pending(keyDigest, value, RecordDigest.ofValue(value));
    }

    private void acknowledge(OpResult result, Collection<Pending> writes) {
        if (result.status().isDone()) {
            for (Pending pending : writes) {
                if (pending.isDelete()) {
                    ledger.acknowledgedDelete(pending.keyDigest);
                } else {
                    ledger.acknowledgedPut(pending.keyDigest, pending.digest);
                }
            }
        }
    }

    private void note(OpEvent event, OpResult result) {
        int node = nodeIndex.getOrDefault(engine.map().locate(event.key()).node(), 0);
        if (result.status().isDone()) {
            metrics.carriedOut(event.timestampMillis(), node, result.latencyNanos() / NANOS_PER_MILLI);
        } else if (result.status() == OpStatus.OVERLOADED) {
            metrics.refused(event.timestampMillis(), node);
        } else {
            throw new IllegalStateException("a " + event.kind().label() + " of " + event.key() + " ended " + result
                    + ": nothing of the kind can happen in a replay unless the disk fails");
        }
    }
}
