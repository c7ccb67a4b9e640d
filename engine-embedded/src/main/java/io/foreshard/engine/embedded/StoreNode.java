package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.SstFileWriter;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** One node: a RocksDB database, the partitions it serves, and the account of its capacity. */
final class StoreNode implements AutoCloseable {
    private static final byte[] NOTHING = new byte[0];
    private static final long LOG_BYTES_MAX = 256L << 20;
    /** So many records are read in well under a second. */
    private static final int COUNTED_RECORDS_MAX = 100_000;

    private final NodeSpec spec;
    private final NodeMeter meter;
    private final ConcurrentMap<PartitionId, Tenure> tenures = new ConcurrentHashMap<>();
    private final BloomFilter filter = new BloomFilter(10);
    private final Options options;
    private final WriteOptions writes;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final ReadOptions reads = new ReadOptions();
    private final RocksDB db;

    StoreNode(NodeSpec spec, NodeMeter meter, Path directory, Durability durability, Cache cache)
            throws RocksDBException {
        this.spec = spec;
        this.meter = meter;
        this.writes = new WriteOptions().setSync(durability == Durability.SYNCED);
        this.options = new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter))
                .setAllowConcurrentMemtableWrite(false)
                .setAvoidFlushDuringShutdown(true)
                .setMaxTotalWalSize(LOG_BYTES_MAX)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2);
        this.db = RocksDB.open(options, directory.toString());
    }

    NodeId id() {
        return spec.id();
    }

    NodeSpec spec() {
        return spec;
    }

    NodeMeter meter() {
        return meter;
    }

    /** The tenure a request is meant for, or null when this node does not serve that partition at that epoch. */
    @Nullable
    Tenure serving(PartitionId partition, long epoch) {
        Tenure tenure = tenures.get(partition);
        return tenure != null && tenure.partition().epoch() == epoch && !tenure.hasEnded() ? tenure : null;
    }

    void install(Tenure tenure) {
        tenures.put(tenure.partition().id(), tenure);
    }

    void retire(Tenure tenure) {
        tenures.remove(tenure.partition().id(), tenure);
    }

    Tenure tenure(PartitionId partition) {
        Tenure tenure = tenures.get(partition);
        if (tenure == null) {
            throw new IllegalStateException(id() + " does not serve " + partition + ", the catalog says it does");
        }
        return tenure;
    }

    /** Bytes of all partitions this node serves. */
    long servedBytes() {
        long sum = 0;
        for (Tenure tenure : tenures.values()) {
            sum += tenure.bytes();
        }
        return sum;
    }

    /**
     * Writes one record, or deletes it.
     *
     * @param stored null to delete
     * @return false when the tenure has ended and nothing was written
     */
    boolean write(Tenure tenure, Key key, byte @Nullable [] stored) throws RocksDBException {
        tenure.writing().lock();
        try {
            if (tenure.hasEnded()) {
                return false;
            }
            byte[] keyBytes = key.toBytes();
            long added = addedBytes(keyBytes, stored);
            try {
                if (stored == null) {
                    db.delete(writes, keyBytes);
                } else {
                    db.put(writes, keyBytes, stored);
                }
            } finally {
                tenure.wrote(key, added);
            }
            return true;
        } finally {
            tenure.writing().unlock();
        }
    }

    /** Writes all or none; the caller holds {@code writing} of every tenure, and none has ended. */
    void writeTogether(List<Tenure> tenures, List<Mutation> mutations) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            long[] added = new long[mutations.size()];
            for (int i = 0; i < added.length; i++) {
                byte[] key = mutations.get(i).key().toBytes();
                byte[] stored = mutations.get(i).stored();
                added[i] = addedBytes(key, stored);
                if (stored == null) {
                    batch.delete(key);
                } else {
                    batch.put(key, stored);
                }
            }
            try {
                db.write(writes, batch);
            } finally {
                for (int i = 0; i < added.length; i++) {
                    tenures.get(i).wrote(mutations.get(i).key(), added[i]);
                }
            }
        }
    }

    private long addedBytes(byte[] key, byte @Nullable [] stored) throws RocksDBException {
        int before = db.get(reads, key, NOTHING);
        long held = before == RocksDB.NOT_FOUND ? 0 : key.length + before;
        return (stored == null ? 0 : key.length + stored.length) - held;
    }

    /** The stored form of a record, or null. */
    byte @Nullable [] read(Key key) throws RocksDBException {
        return db.get(reads, key.toBytes());
    }

    List<byte @Nullable []> read(List<byte[]> keys) throws RocksDBException {
        return db.multiGetAsList(reads, keys);
    }

    List<StoredRecord> scan(KeyRange range, int limit) throws RocksDBException {
        List<StoredRecord> found = new ArrayList<>();
        try (RangeCursor cursor = cursor(range)) {
            for (; found.size() < limit && cursor.isValid(); cursor.advance()) {
                found.add(new StoredRecord(Key.of(cursor.key()), cursor.stored()));
            }
        }
        return found;
    }

    RangeCursor cursor(KeyRange range) {
        return new RangeCursor(db, range);
    }

    /** Writes past the tenures: for ranges that this node does not serve (yet). */
    void writeRaw(WriteBatch batch) throws RocksDBException {
        db.write(writes, batch);
    }

    /** Writes past the tenures; everything written before is on disk, too, when this returns. */
    void writeRawSynced(WriteBatch batch) throws RocksDBException {
        db.write(synced, batch);
    }

    void syncLog() throws RocksDBException {
        db.flushWal(true);
    }

    SstFileWriter newTableFile(Path file) throws RocksDBException {
        SstFileWriter writer = new SstFileWriter(new EnvOptions(), options);
        writer.open(file.toString());
        return writer;
    }

    /** Takes over a finished table file; on the same disk that is a link. */
    void ingest(Path file) throws RocksDBException {
        try (IngestExternalFileOptions how = new IngestExternalFileOptions().setMoveFiles(true)) {
            db.ingestExternalFile(List.of(file.toString()), how);
        }
    }

    /** Deletes every record of a range that this node does not serve; on disk when this returns. */
    void clear(KeyRange range) throws RocksDBException {
        byte[] from;
        byte[] last;
        try (RocksIterator iterator = db.newIterator(reads)) {
            iterator.seek(range.start().toBytes());
            if (!iterator.isValid() || !range.contains(Key.of(iterator.key()))) {
                iterator.status();
                return;
            }
            from = iterator.key();
            if (range.end().isPresent()) {
                last = range.end().get().toBytes();
            } else {
                iterator.seekToLast();
                last = Key.of(iterator.key()).next().toBytes();
            }
        }
        db.deleteFilesInRanges(db.getDefaultColumnFamily(), Arrays.asList(from, last), false);
        db.deleteRange(synced, from, last);
        try (FlushOptions flush = new FlushOptions()) {
            db.flush(flush);
        }
    }

    boolean holds(Key key) throws RocksDBException {
        return db.get(reads, key.toBytes(), NOTHING) != RocksDB.NOT_FOUND;
    }

    /** How much lies in a range: counted record by record where there are few, estimated where there are many. */
    long heldBytes(KeyRange range) throws RocksDBException {
        long bytes = 0;
        int records = 0;
        try (RangeCursor cursor = cursor(range)) {
            for (; cursor.isValid(); cursor.advance()) {
                if (++records > COUNTED_RECORDS_MAX) {
                    return estimatedBytes(range);
                }
                bytes += cursor.key().length + cursor.stored().length;
            }
        }
        return bytes;
    }

    /** How much lies in a range, from the sizes of files and memory tables. */
    long estimatedBytes(KeyRange range) throws RocksDBException {
        byte[] end = range.end().map(Key::toBytes).orElse(null);
        if (end == null) {
            try (RocksIterator iterator = db.newIterator(reads)) {
                iterator.seekToLast();
                if (!iterator.isValid() || !range.contains(Key.of(iterator.key()))) {
                    return 0;
                }
                end = Key.of(iterator.key()).next().toBytes();
            }
        }
        try (Slice from = new Slice(range.start().toBytes());
                Slice until = new Slice(end)) {
            return db.getApproximateSizes(
                            List.of(new Range(from, until)),
                            SizeApproximationFlag.INCLUDE_FILES,
                            SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
        }
    }

    @Override
    public void close() {
        db.close();
        reads.close();
        synced.close();
        writes.close();
        options.close();
        filter.close();
    }
}
