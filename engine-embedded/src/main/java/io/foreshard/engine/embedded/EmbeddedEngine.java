package io.foreshard.engine.embedded;

import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.EngineCapabilities;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.engine.EngineObservation.PartitionSize;
import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.PartitionMap;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * A range-partitioned store of several nodes in one process, each a RocksDB database with a capacity of its own.
 *
 * <p>Clients use {@link #client}, from any thread. The methods of {@link Engine} belong to one control thread.
 */
public final class EmbeddedEngine implements Engine {
    private static final long CACHE_BYTES = 64L << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final EmbeddedOptions options;
    private final DataDirectory directory;
    private final Cluster cluster;
    private final Catalog catalog;
    private final Mover mover;
    private final Cache cache;
    private Recovery recovery = new Recovery(0, 0);

    /**
     * What a dead process left behind.
     *
     * @param forgottenSteps moves that had not switched over: what they had copied was cleared
     * @param deletedRanges moves that had switched over: what the source still held was deleted
     */
    public record Recovery(int forgottenSteps, int deletedRanges) {}

    private EmbeddedEngine(
            EmbeddedOptions options,
            DataDirectory directory,
            Cluster cluster,
            Catalog catalog,
            Cache cache,
            Mover.Faults faults) {
        this.options = options;
        this.directory = directory;
        this.cluster = cluster;
        this.catalog = catalog;
        this.cache = cache;
        this.mover = new Mover(cluster, catalog, directory, faults);
    }

    /**
     * Opens the store, creating it when its directory is empty; what a dead process left unfinished is cleaned first.
     *
     * @throws StoreException when the directory is in use, of another format, does not fit the options, or fails
     */
    public static EmbeddedEngine open(EmbeddedOptions options, StoreClock clock) {
        return open(options, clock, Mover.Faults.NONE);
    }

    static EmbeddedEngine open(EmbeddedOptions options, StoreClock clock, Mover.Faults faults) {
        DataDirectory directory = DataDirectory.open(options.directory());
        List<AutoCloseable> opened = new ArrayList<>(List.of(directory));
        try {
            if (directory.isNew()) {
                directory.beginCreation();
                Files.createDirectories(directory.catalog());
                Catalog.create(directory.catalog(), firstMap(options));
                directory.created();
            }
            Catalog catalog = Catalog.open(directory.catalog(), faults.probe());
            opened.add(catalog);
            requireFit(options, catalog.map());
            Cache cache = new LRUCache(CACHE_BYTES);
            opened.add(cache);
            Map<NodeId, StoreNode> nodes = new TreeMap<>();
            for (NodeSpec spec : options.nodes()) {
                NodeMeter meter = new NodeMeter(spec, clock, options.tuning());
                StoreNode node = new StoreNode(
                        spec, meter, directory.node(spec.id()), options.tuning().durability(), cache);
                opened.add(node);
                nodes.put(spec.id(), node);
            }
            Cluster cluster = new Cluster(
                    nodes,
                    catalog.map(),
                    clock,
                    options.segmenter(),
                    options.directory().toString());
            EmbeddedEngine engine = new EmbeddedEngine(options, directory, cluster, catalog, cache, faults);
            engine.recover();
            return engine;
        } catch (RocksDBException | IOException e) {
            closeAll(opened);
            throw DataDirectory.disk(options.directory(), e);
        } catch (RuntimeException e) {
            closeAll(opened);
            throw e;
        }
    }

    private static PartitionMap firstMap(EmbeddedOptions options) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < options.owners().size(); i++) {
            Key start = i == 0 ? Key.EMPTY : options.borders().get(i - 1);
            KeyRange range = i == options.borders().size()
                    ? KeyRange.from(start)
                    : KeyRange.of(start, options.borders().get(i));
            partitions.add(new Partition(
                    new PartitionId(i + 1), range, options.owners().get(i), 1, List.of()));
        }
        return new PartitionMap(options.table(), 1, partitions);
    }

    private static void requireFit(EmbeddedOptions options, PartitionMap map) {
        if (!map.table().equals(options.table())) {
            throw new StoreException(
                    StoreException.Code.MISMATCH,
                    "data directory " + options.directory() + " holds table '" + map.table() + "', not '"
                            + options.table() + "': name that table, or another directory");
        }
        Set<NodeId> known = new TreeSet<>();
        options.nodes().forEach(spec -> known.add(spec.id()));
        for (Partition partition : map.partitions()) {
            if (!known.contains(partition.node())) {
                throw new StoreException(
                        StoreException.Code.MISMATCH,
                        "data directory " + options.directory() + " keeps " + partition.id() + " on "
                                + partition.node() + ", which is not among the nodes " + known
                                + ": name every node that holds data");
            }
        }
    }

    private void recover() throws RocksDBException {
        recovery = new Recovery(catalog.incoming().size(), catalog.garbage().size());
        mover.sweep();
        for (Partition partition : catalog.map().partitions()) {
            StoreNode node = cluster.routes().node(partition.node());
            node.install(new Tenure(partition, node, node.estimatedBytes(partition.range())));
        }
    }

    /** What opening the store had to clean up. */
    public Recovery recovery() {
        return recovery;
    }

    /** A new router and client; it may be used by many threads. */
    public StoreClient client() {
        return new StoreClient(cluster);
    }

    /** What every node was asked for and did, with the minutes from {@code sinceMillis} on. */
    public LoadReport load(long sinceMillis) {
        List<NodeLoad> nodes = new ArrayList<>();
        for (StoreNode node : cluster.nodes().values()) {
            nodes.add(node.meter().snapshot(sinceMillis));
        }
        return new LoadReport(cluster.clock().millis(), nodes, options.tuning().lateMillis());
    }

    /** The newest partition map; the same as an observation shows, without taking a sample. */
    public PartitionMap map() {
        return cluster.routes().map();
    }

    /** The nodes on whose disks a record with {@code key} lies, whoever may serve it; for verification. */
    public Set<NodeId> holders(Key key) {
        Lock use = cluster.use();
        try {
            Set<NodeId> holders = new TreeSet<>();
            for (StoreNode node : cluster.nodes().values()) {
                if (node.holds(key)) {
                    holders.add(node.id());
                }
            }
            return holders;
        } catch (RocksDBException e) {
            throw DataDirectory.disk(options.directory(), e);
        } finally {
            use.unlock();
        }
    }

    /**
     * Reads every record of every node and looks for ones that lie where they are not served.
     *
     * @return how many such records there are; more than 0 only while a move is under way
     */
    public long strayRecords() {
        Lock use = cluster.use();
        try {
            long strays = 0;
            PartitionMap map = map();
            for (StoreNode node : cluster.nodes().values()) {
                try (RangeCursor cursor = node.cursor(KeyRange.ALL)) {
                    for (; cursor.isValid(); cursor.advance()) {
                        boolean served = map.locate(Key.of(cursor.key())).node().equals(node.id());
                        strays += served ? 0 : 1;
                    }
                }
            }
            return strays;
        } catch (RocksDBException e) {
            throw DataDirectory.disk(options.directory(), e);
        } finally {
            use.unlock();
        }
    }

    @Override
    public EngineCapabilities capabilities() {
        return new EngineCapabilities("embedded", Mover.STEPS_PER_NODE);
    }

    @Override
    public EngineObservation observe() {
        Lock use = cluster.use();
        try {
            PartitionMap map = map();
            List<PartitionSize> sizes = new ArrayList<>();
            for (Partition partition : map.partitions()) {
                Tenure tenure = cluster.routes().node(partition.node()).tenure(partition.id());
                sizes.add(new PartitionSize(partition.id(), tenure.bytes()));
            }
            List<Node> nodes = cluster.nodes().values().stream()
                    .map(node -> node.spec().toNode())
                    .toList();
            long now = cluster.clock().millis();
            return new EngineObservation(now, map, nodes, sizes, cluster.sample(now), mover.unfinished());
        } finally {
            use.unlock();
        }
    }

    @Override
    public StepOutcome apply(StepCommand command) {
        Lock use = cluster.use();
        try {
            return mover.apply(command);
        } finally {
            use.unlock();
        }
    }

    @Override
    public StepOutcome abandon(StepCommand command) {
        Lock use = cluster.use();
        try {
            return mover.abandon(command);
        } finally {
            use.unlock();
        }
    }

    /** Ends the store; nothing is finished or undone that a crash would not leave as well. */
    @Override
    public void close() {
        if (cluster.shut()) {
            mover.release();
            List<AutoCloseable> opened = new ArrayList<>(List.of(directory, cache, catalog));
            opened.addAll(cluster.nodes().values());
            closeAll(opened);
        }
    }

    /** Closes in the reverse order of opening. */
    private static void closeAll(List<AutoCloseable> opened) {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
