package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** A group of changes that one node makes together, routed by one partition map. */
final class AtomicWrite {
    private final List<Mutation> mutations;
    private final List<Partition> partitions = new ArrayList<>();
    private final @Nullable StoreNode node;

    AtomicWrite(List<Mutation> mutations, Routes routes) {
        this.mutations = mutations;
        for (Mutation mutation : mutations) {
            partitions.add(routes.map().locate(mutation.key()));
        }
        boolean oneNode = partitions.stream().map(Partition::node).distinct().count() == 1;
        this.node = oneNode ? routes.node(partitions.get(0).node()) : null;
    }

    /** Whether one node serves all keys. */
    boolean isLocal() {
        return node != null;
    }

    /** Where the i-th change goes. */
    PartitionId partition(int i) {
        return partitions.get(i).id();
    }

    /** What it came to, or null when the map it was routed by is out of date. */
    @Nullable
    OpStatus send(Attempt attempt) throws RocksDBException {
        StoreNode to = node;
        if (to == null) {
            return OpStatus.CROSS_NODE;
        }
        Map<PartitionId, Tenure> tenures = new TreeMap<>();
        List<Tenure> byChange = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < mutations.size(); i++) {
            Tenure tenure = to.serving(partitions.get(i).id(), partitions.get(i).epoch());
            if (tenure == null) {
                return null;
            }
            tenures.put(tenure.partition().id(), tenure);
            byChange.add(tenure);
            bytes += mutations.get(i).valueBytes();
        }
        if (!attempt.admitted(to, mutations.size(), bytes)) {
            return OpStatus.OVERLOADED;
        }
        if (!writeHolding(to, tenures, byChange)) {
            return null;
        }
        to.meter().served(mutations.size(), attempt.latencyNanos(), 0);
        return OpStatus.OK;
    }

    /** False when a tenure has ended; writers enter in the order of partition ids. */
    private boolean writeHolding(StoreNode to, Map<PartitionId, Tenure> tenures, List<Tenure> byChange)
            throws RocksDBException {
        List<Tenure> entered = new ArrayList<>();
        try {
            for (Tenure tenure : tenures.values()) {
                tenure.writing().lock();
                entered.add(tenure);
                if (tenure.hasEnded()) {
                    return false;
                }
            }
            to.writeTogether(byChange, mutations);
            return true;
        } finally {
            entered.forEach(tenure -> tenure.writing().unlock());
        }
    }
}
