package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.plan.PlanStep;
import io.foreshard.core.plan.StepId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;
import org.rocksdb.WriteBatch;

/** The copy of one partition to its target: a snapshot first, then the keys written meanwhile. */
final class MoveRun {
    /** Smaller chunks are written as a batch: a table file is not worth its syncs. */
    private static final long TABLE_FILE_BYTES_MIN = 256L << 10;

    private static final long TABLE_FILE_BYTES_MAX = 32L << 20;
    private static final long BATCH_BYTES_MAX = 1L << 20;

    private final StepId id;
    private final PlanStep.Move step;
    private final Tenure source;
    private final StoreNode target;
    private final Path staging;
    private final MoveProbe probe;
    private final Deque<Key> pending = new ArrayDeque<>();
    private @Nullable RangeCursor cursor;
    private boolean snapshotCopied;
    private long copiedBytes;
    private long lastNanos;
    private double budgetBytes;
    private int files;
    private int rounds;

    MoveRun(StepId id, PlanStep.Move step, Tenure source, StoreNode target, Path staging, MoveProbe probe) {
        this.id = id;
        this.step = step;
        this.source = source;
        this.target = target;
        this.staging = staging;
        this.probe = probe;
    }

    StepId id() {
        return id;
    }

    PlanStep.Move step() {
        return step;
    }

    Tenure source() {
        return source;
    }

    StoreNode target() {
        return target;
    }

    KeyRange range() {
        return source.partition().range();
    }

    long copiedBytes() {
        return copiedBytes;
    }

    int rounds() {
        return rounds;
    }

    boolean isSnapshotCopied() {
        return snapshotCopied;
    }

    /** How many keys have still to be copied once more. */
    int openKeys() {
        return pending.size() + source.dirtyKeys();
    }

    /** Remembers written keys from now on and takes the snapshot that holds all earlier ones. */
    void start(long nowNanos) {
        source.holding().lock();
        try {
            source.remember();
        } finally {
            source.holding().unlock();
        }
        cursor = source.node().cursor(range());
        lastNanos = nowNanos;
    }

    /** Adds what may be copied for the time since the last call; what was copied too much then is taken off. */
    void earn(long nowNanos, double bytesPerSecond, double chunkBytesMax) {
        long elapsed = nowNanos - lastNanos;
        lastNanos = nowNanos;
        double allowed = bytesPerSecond * elapsed / 1e9;
        allowed = Math.min(allowed, source.node().meter().copyAllowanceBytes(elapsed));
        allowed = Math.min(allowed, target.meter().copyAllowanceBytes(elapsed));
        budgetBytes = Math.min(0, budgetBytes) + Math.min(allowed, chunkBytesMax);
    }

    /** Copies what the budget allows of the snapshot, then of the keys written meanwhile. */
    void copy() throws RocksDBException {
        long before = copiedBytes;
        try {
            if (!snapshotCopied) {
                copySnapshot();
            }
            while (snapshotCopied && !pending.isEmpty() && budgetBytes > 0) {
                probe.at(MovePoint.BEFORE_CATCH_UP);
                copyPending(false);
                probe.at(MovePoint.AFTER_CATCH_UP);
            }
        } finally {
            charge(copiedBytes - before);
        }
    }

    /** Starts the next round of catching up: the keys written since the last one are to be copied again. */
    void nextRound() {
        source.holding().lock();
        try {
            pending.addAll(source.remember());
        } finally {
            source.holding().unlock();
        }
        rounds++;
    }

    /** Copies the last keys while writes are held; all of it is on the target's disk when this returns. */
    void finishHeld() throws RocksDBException {
        long before = copiedBytes;
        Set<Key> last = source.forget();
        pending.addAll(last);
        while (!pending.isEmpty()) {
            copyPending(true);
        }
        target.syncLog();
        charge(copiedBytes - before);
    }

    private void charge(long bytes) {
        if (bytes > 0) {
            source.node().meter().copied(bytes);
            target.meter().copied(bytes);
        }
    }

    private void copySnapshot() throws RocksDBException {
        RangeCursor from = cursor;
        if (from == null) {
            throw new IllegalStateException("step " + id + " copies without a snapshot");
        }
        while (from.isValid() && budgetBytes > 0) {
            probe.at(MovePoint.BEFORE_CHUNK);
            if (budgetBytes >= TABLE_FILE_BYTES_MIN) {
                copyTableFile(from);
            } else {
                copyBatch(from);
            }
            probe.at(MovePoint.AFTER_CHUNK);
        }
        if (!from.isValid()) {
            snapshotCopied = true;
            from.close();
            cursor = null;
        }
    }

    private void copyTableFile(RangeCursor from) throws RocksDBException {
        Path file = staging.resolve(source.partition().id() + "-" + target.id() + "-" + files++ + ".sst");
        try {
            try (SstFileWriter writer = target.newTableFile(file)) {
                long written = 0;
                for (; from.isValid() && budgetBytes > 0 && written < TABLE_FILE_BYTES_MAX; from.advance()) {
                    byte[] key = from.key();
                    byte[] stored = from.stored();
                    writer.put(key, stored);
                    written += copied(key.length + stored.length);
                }
                writer.finish();
            }
            target.ingest(file);
        } finally {
            deleteStaged(file);
        }
    }

    /** What is not taken over must not fill the disk. */
    private static void deleteStaged(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("staged table file " + file + " cannot be deleted", e);
        }
    }

    private void copyBatch(RangeCursor from) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            long written = 0;
            for (; from.isValid() && budgetBytes > 0 && written < BATCH_BYTES_MAX; from.advance()) {
                byte[] key = from.key();
                byte[] stored = from.stored();
                batch.put(key, stored);
                written += copied(key.length + stored.length);
            }
            target.writeRaw(batch);
        }
    }

    /** Copies one batch of pending keys as they are now; a key is taken off the list after it was written. */
    private void copyPending(boolean beyondBudget) throws RocksDBException {
        List<Key> taken = new ArrayList<>();
        try (WriteBatch batch = new WriteBatch()) {
            long written = 0;
            while (!pending.isEmpty() && written < BATCH_BYTES_MAX && (beyondBudget || budgetBytes > 0)) {
                Key key = pending.removeFirst();
                taken.add(key);
                byte[] keyBytes = key.toBytes();
                byte[] stored = source.node().read(key);
                if (stored == null) {
                    batch.delete(keyBytes);
                } else {
                    batch.put(keyBytes, stored);
                }
                written += copied(keyBytes.length + (stored == null ? 0 : stored.length));
            }
            target.writeRaw(batch);
        } catch (RocksDBException e) {
            taken.forEach(pending::addFirst);
            throw e;
        }
    }

    private long copied(long bytes) {
        copiedBytes += bytes;
        budgetBytes -= bytes;
        return bytes;
    }

    /** Ends the copying without a trace on the source. */
    void stop() {
        source.holding().lock();
        try {
            source.forget();
        } finally {
            source.holding().unlock();
        }
        release();
    }

    /** Lets go of the snapshot. */
    void release() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
