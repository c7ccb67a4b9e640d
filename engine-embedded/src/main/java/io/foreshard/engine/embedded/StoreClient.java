package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Reads and writes records, each at the node that serves its key.
 *
 * <p>It keeps a partition map of its own and sends the partition's epoch with every request. A node refuses an epoch it
 * does not serve; the client then fetches the newest map and tries again. Safe for use by many threads.
 */
public final class StoreClient {
    private final Cluster cluster;
    private final LongAdder staleRetries = new LongAdder();
    private volatile Routes routes;

    StoreClient(Cluster cluster) {
        this.cluster = cluster;
        this.routes = cluster.routes();
    }

    /** How often a node refused the epoch this client sent. */
    public long staleRetries() {
        return staleRetries.sum();
    }

    /** Whether the node of {@code seen} would serve a request that carries its epoch. */
    public boolean isServed(Partition seen) {
        return cluster.routes().node(seen.node()).serving(seen.id(), seen.epoch()) != null;
    }

    public OpResult put(Key key, List<Tag> tags, byte[] value) {
        return put(event(OpKind.PUT, key, tags, value.length), value);
    }

    /** Writes {@code value} as the event says; its tags are stored with the record. */
    public OpResult put(OpEvent event, byte[] value) {
        return write(event, StoredRecord.encode(event.tags(), value), value.length);
    }

    public OpResult delete(Key key, List<Tag> tags) {
        return delete(event(OpKind.DELETE, key, tags, 0));
    }

    public OpResult delete(OpEvent event) {
        return write(event, null, 0);
    }

    private OpResult write(OpEvent event, byte @Nullable [] stored, int valueBytes) {
        Lock use = cluster.use();
        try {
            Attempt attempt = attempt();
            while (attempt.again()) {
                Partition partition = routes.map().locate(event.key());
                StoreNode node = routes.node(partition.node());
                Tenure tenure = node.serving(partition.id(), partition.epoch());
                if (tenure == null) {
                    continue;
                }
                if (!attempt.admitted(node, 1, valueBytes)) {
                    count(partition.id(), event, valueBytes);
                    return attempt.ended(OpStatus.OVERLOADED);
                }
                if (node.write(tenure, event.key(), stored)) {
                    long latency = attempt.latencyNanos();
                    node.meter().served(1, latency, 0);
                    count(partition.id(), event, valueBytes);
                    return OpResult.of(OpStatus.OK, latency);
                }
            }
            return attempt.ended(OpStatus.UNAVAILABLE);
        } catch (RocksDBException e) {
            return OpResult.failed(e);
        } finally {
            use.unlock();
        }
    }

    public OpResult get(Key key) {
        return get(event(OpKind.GET, key, List.of(), 0));
    }

    /** Reads the record of the event's key; it counts for the segment of the event's tags or, without, the record's. */
    public OpResult get(OpEvent event) {
        Lock use = cluster.use();
        try {
            Attempt attempt = attempt();
            while (attempt.again()) {
                Partition partition = routes.map().locate(event.key());
                StoreNode node = routes.node(partition.node());
                Tenure tenure = node.serving(partition.id(), partition.epoch());
                if (tenure == null) {
                    continue;
                }
                if (!attempt.admitted(node, 1, 0)) {
                    count(partition.id(), event, 0);
                    return attempt.ended(OpStatus.OVERLOADED);
                }
                byte[] stored = node.read(event.key());
                if (tenure.hasEnded()) {
                    continue;
                }
                StoredRecord record = stored == null ? null : new StoredRecord(event.key(), stored);
                int bytes = record == null ? 0 : record.valueBytes();
                long latency = attempt.latencyNanos();
                node.meter().served(1, latency, bytes);
                count(partition.id(), tagged(event, record), bytes);
                return OpResult.read(latency, record);
            }
            return attempt.ended(OpStatus.UNAVAILABLE);
        } catch (RocksDBException e) {
            return OpResult.failed(e);
        } finally {
            use.unlock();
        }
    }

    /** Reads the first {@code limit} records of {@code range}, each partition as it is at one moment. */
    public OpResult scan(KeyRange range, int limit) {
        return scan(event(OpKind.SCAN, range.start(), List.of(), 0), range, limit);
    }

    public OpResult scan(OpEvent event, KeyRange range, int limit) {
        Lock use = cluster.use();
        try {
            Attempt attempt = attempt();
            List<StoredRecord> found = new ArrayList<>();
            GroupTouch touched = new GroupTouch();
            Key from = range.start();
            while (attempt.again()) {
                Partition partition = routes.map().locate(from);
                KeyRange part = cut(range, from, partition.range());
                StoreNode node = routes.node(partition.node());
                Tenure tenure = node.serving(partition.id(), partition.epoch());
                if (tenure == null) {
                    continue;
                }
                if (!attempt.admitted(node, 1, 0)) {
                    count(partition.id(), event, 0);
                    return OpResult.read(OpStatus.OVERLOADED, attempt.latencyNanos(), found);
                }
                List<StoredRecord> here = node.scan(part, limit - found.size());
                if (tenure.hasEnded()) {
                    continue;
                }
                long bytes = here.stream().mapToLong(StoredRecord::valueBytes).sum();
                node.meter().served(1, attempt.latencyNanos(), bytes);
                count(partition.id(), tagged(event, here.isEmpty() ? null : here.get(0)), bytes);
                touched.add(partition.id(), bytes);
                found.addAll(here);
                boolean last = part.end().equals(range.end());
                if (last || found.size() >= limit || part.end().isEmpty()) {
                    touched.countIn(cluster.counter());
                    return OpResult.read(OpStatus.OK, attempt.latencyNanos(), found);
                }
                from = part.end().get();
                attempt.nextPart();
            }
            return OpResult.read(OpStatus.UNAVAILABLE, attempt.latencyNanos(), found);
        } catch (RocksDBException e) {
            return OpResult.failed(e);
        } finally {
            use.unlock();
        }
    }

    private static KeyRange cut(KeyRange range, Key from, KeyRange partition) {
        Key end = partition.endOrNull();
        Key rangeEnd = range.endOrNull();
        if (end == null || (rangeEnd != null && rangeEnd.compareTo(end) < 0)) {
            end = rangeEnd;
        }
        return new KeyRange(from, end);
    }

    /** Reads many records; several partitions answer at the same time, each as it is at one moment. */
    public OpResult multiGet(List<Key> keys) {
        Lock use = cluster.use();
        try {
            Attempt attempt = attempt();
            while (attempt.again()) {
                OpResult result = readGroups(attempt, groups(keys));
                if (result != null) {
                    return result;
                }
            }
            return attempt.ended(OpStatus.UNAVAILABLE);
        } catch (RocksDBException e) {
            return OpResult.failed(e);
        } finally {
            use.unlock();
        }
    }

    private Map<PartitionId, List<Key>> groups(List<Key> keys) {
        Map<PartitionId, List<Key>> groups = new TreeMap<>();
        for (Key key : new TreeSet<>(keys)) {
            groups.computeIfAbsent(routes.map().locate(key).id(), id -> new ArrayList<>())
                    .add(key);
        }
        return groups;
    }

    /** The answer, or null when the map this client goes by is out of date. */
    private @Nullable OpResult readGroups(Attempt attempt, Map<PartitionId, List<Key>> groups) throws RocksDBException {
        List<StoredRecord> found = new ArrayList<>();
        GroupTouch touched = new GroupTouch();
        Routes sent = routes;
        long before = attempt.waitedNanos();
        long longest = before;
        for (Map.Entry<PartitionId, List<Key>> group : groups.entrySet()) {
            Partition partition = sent.map().find(group.getKey()).orElseThrow();
            StoreNode node = sent.node(partition.node());
            Tenure tenure = node.serving(partition.id(), partition.epoch());
            if (tenure == null) {
                return null;
            }
            attempt.waited(before);
            if (!attempt.admitted(node, group.getValue().size(), 0)) {
                return attempt.ended(OpStatus.OVERLOADED);
            }
            longest = Math.max(longest, attempt.waitedNanos());
            List<StoredRecord> here = readGroup(node, group.getValue());
            if (tenure.hasEnded()) {
                return null;
            }
            long bytes = 0;
            for (StoredRecord record : here) {
                bytes += record.valueBytes();
                count(partition.id(), event(OpKind.MULTI_GET, record.key(), record.tags(), 0), record.valueBytes());
            }
            node.meter().served(group.getValue().size(), attempt.latencyNanos(), bytes);
            touched.add(partition.id(), bytes);
            found.addAll(here);
        }
        attempt.waited(longest);
        touched.countIn(cluster.counter());
        found.sort((a, b) -> a.key().compareTo(b.key()));
        return OpResult.read(OpStatus.OK, attempt.latencyNanos(), found);
    }

    private static List<StoredRecord> readGroup(StoreNode node, List<Key> keys) throws RocksDBException {
        List<byte @Nullable []> stored =
                node.read(keys.stream().map(Key::toBytes).toList());
        List<StoredRecord> found = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            byte[] bytes = stored.get(i);
            if (bytes != null) {
                found.add(new StoredRecord(keys.get(i), bytes));
            }
        }
        return found;
    }

    /**
     * Writes all of {@code mutations} or none; refused as {@link OpStatus#CROSS_NODE} unless one node serves all keys.
     */
    public OpResult write(List<Mutation> mutations) {
        Lock use = cluster.use();
        try {
            Attempt attempt = attempt();
            while (attempt.again()) {
                Routes sent = routes;
                AtomicWrite write = new AtomicWrite(mutations, sent);
                if (!write.isLocal()
                        && sent.map().epoch() != cluster.routes().map().epoch()) {
                    continue;
                }
                OpStatus status = write.send(attempt);
                if (status != null) {
                    if (status != OpStatus.CROSS_NODE) {
                        count(mutations, write);
                    }
                    return attempt.ended(status);
                }
            }
            return attempt.ended(OpStatus.UNAVAILABLE);
        } catch (RocksDBException e) {
            return OpResult.failed(e);
        } finally {
            use.unlock();
        }
    }

    /**
     * Declares that records were used together, by operations that are counted on their own: what a transaction over
     * several nodes costs is then known to the placement.
     *
     * @param bytes what the transaction moved in all of them together
     */
    public void countTransaction(List<Key> keys, long bytes) {
        GroupTouch touched = new GroupTouch();
        for (int i = 0; i < keys.size(); i++) {
            long share = bytes * (i + 1) / keys.size() - bytes * i / keys.size();
            touched.add(routes.map().locate(keys.get(i)).id(), share);
        }
        touched.countIn(cluster.counter());
    }

    private void count(List<Mutation> mutations, AtomicWrite write) {
        GroupTouch touched = new GroupTouch();
        for (int i = 0; i < mutations.size(); i++) {
            Mutation mutation = mutations.get(i);
            OpKind kind = mutation.isPut() ? OpKind.PUT : OpKind.DELETE;
            OpEvent event = event(kind, mutation.key(), mutation.tags(), mutation.valueBytes());
            count(write.partition(i), event, mutation.valueBytes());
            touched.add(write.partition(i), mutation.valueBytes());
        }
        touched.countIn(cluster.counter());
    }

    /** Counts an operation that was asked for, whether the node served or refused it: both are load. */
    private void count(PartitionId partition, OpEvent event, long bytes) {
        cluster.counter().count(partition, cluster.segmenter().segmentOf(event), event.kind(), event.key(), bytes);
    }

    private OpEvent event(OpKind kind, Key key, List<Tag> tags, long bytes) {
        return new OpEvent(cluster.clock().millis(), kind, key, tags, "", bytes, "");
    }

    /** The event with the tags of the record it found, unless it has tags of its own. */
    private static OpEvent tagged(OpEvent event, @Nullable StoredRecord record) {
        if (record == null || !event.tags().isEmpty()) {
            return event;
        }
        return new OpEvent(
                event.timestampMillis(),
                event.kind(),
                event.key(),
                record.tags(),
                event.client(),
                event.bytes(),
                event.transaction());
    }

    private Attempt attempt() {
        return new Attempt(cluster.clock(), () -> {
            staleRetries.increment();
            routes = cluster.routes();
        });
    }
}
