package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** Walks over the records of a range in key order, as they were when the cursor was opened. */
final class RangeCursor implements AutoCloseable {
    private final RocksDB db;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private final Slice end;
    private final RocksIterator iterator;
    private boolean closed;

    RangeCursor(RocksDB db, KeyRange range) {
        this.db = db;
        this.snapshot = db.getSnapshot();
        this.end = new Slice(range.end().map(Key::toBytes).orElseGet(() -> new byte[0]));
        this.options = new ReadOptions().setSnapshot(snapshot);
        if (range.end().isPresent()) {
            options.setIterateUpperBound(end);
        }
        this.iterator = db.newIterator(options);
        iterator.seek(range.start().toBytes());
    }

    /** Whether there is a record here; throws when the store could not be read. */
    boolean isValid() throws RocksDBException {
        if (iterator.isValid()) {
            return true;
        }
        iterator.status();
        return false;
    }

    byte[] key() {
        return iterator.key();
    }

    byte[] stored() {
        return iterator.value();
    }

    void advance() {
        iterator.next();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            iterator.close();
            options.close();
            end.close();
            db.releaseSnapshot(snapshot);
            snapshot.close();
        }
    }
}
