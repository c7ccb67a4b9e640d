package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Partition;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The service of one partition by one node at one epoch; it ends with the next move.
 *
 * <p>Writers hold {@link #writing} while they write. Whoever holds {@link #holding} has no writer beside it: all
 * earlier writes are done and seen. Readers hold nothing: they read, then look whether the tenure has ended meanwhile.
 */
final class Tenure {
    private final Partition partition;
    private final StoreNode node;
    private final AtomicLong bytes;
    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private volatile boolean ended;
    private volatile @Nullable Set<Key> dirty;

    Tenure(Partition partition, StoreNode node, long bytes) {
        this.partition = partition;
        this.node = node;
        this.bytes = new AtomicLong(bytes);
    }

    Partition partition() {
        return partition;
    }

    StoreNode node() {
        return node;
    }

    Lock writing() {
        return gate.readLock();
    }

    Lock holding() {
        return gate.writeLock();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Called while holding. */
    void end() {
        ended = true;
    }

    /** Called while writing, once per written key. */
    void wrote(Key key, long addedBytes) {
        bytes.addAndGet(addedBytes);
        Set<Key> log = dirty;
        if (log != null) {
            log.add(key);
        }
    }

    /** Called while holding: from now on written keys are remembered; what was remembered so far is handed out. */
    Set<Key> remember() {
        Set<Key> before = dirty;
        dirty = ConcurrentHashMap.newKeySet();
        return before == null ? Set.of() : before;
    }

    /** Called while holding: written keys are not remembered any more. */
    Set<Key> forget() {
        Set<Key> before = dirty;
        dirty = null;
        return before == null ? Set.of() : before;
    }

    /** How many keys are remembered. */
    int dirtyKeys() {
        Set<Key> log = dirty;
        return log == null ? 0 : log.size();
    }

    /** Bytes of keys and stored values; an estimate when one key is written by several threads at once. */
    long bytes() {
        return Math.max(0, bytes.get());
    }
}
