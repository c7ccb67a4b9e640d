package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionMap;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.core.workload.WorkloadSample;
import io.foreshard.live.HeavySegments;
import io.foreshard.live.LiveCounter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** What clients and the control thread of one open store share. */
final class Cluster {
    private final Map<NodeId, StoreNode> nodes;
    private final StoreClock clock;
    private final Segmenter segmenter;
    private final HeavySegments heavySegments;
    private final LiveCounter counter;
    private final String name;
    private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();
    private volatile Routes routes;
    private boolean closed;

    Cluster(Map<NodeId, StoreNode> nodes, PartitionMap map, StoreClock clock, Segmenter segmenter, String name) {
        this.nodes = new TreeMap<>(nodes);
        this.clock = clock;
        this.segmenter = segmenter;
        this.heavySegments = new HeavySegments(segmenter);
        this.counter = new LiveCounter(clock.millis());
        this.name = name;
        this.routes = new Routes(map, this.nodes);
    }

    Map<NodeId, StoreNode> nodes() {
        return nodes;
    }

    StoreClock clock() {
        return clock;
    }

    Segmenter segmenter() {
        return segmenter;
    }

    LiveCounter counter() {
        return counter;
    }

    /** What was counted since the last sample; which segments are told apart follows from it. */
    WorkloadSample sample(long nowMillis) {
        WorkloadSample sample = counter.sample(nowMillis);
        heavySegments.observe(sample);
        return sample;
    }

    /** The newest partition map and its nodes. */
    Routes routes() {
        return routes;
    }

    /**
     * Called while every tenure of {@code old} is held: ends them, lets the new ones serve, then tells the routers.
     *
     * @param next the map in which {@code began} serve what {@code old} served
     */
    void switchOver(List<Tenure> old, List<Tenure> began, PartitionMap next) {
        for (Tenure tenure : old) {
            tenure.end();
            tenure.node().retire(tenure);
        }
        for (Tenure tenure : began) {
            tenure.node().install(tenure);
        }
        routes = new Routes(next, nodes);
    }

    /** To be held by every operation while it uses a node; throws when the store is closed. */
    Lock use() {
        Lock use = lifecycle.readLock();
        use.lock();
        if (closed) {
            use.unlock();
            throw new StoreException(
                    StoreException.Code.CLOSED, "store " + name + " is closed: open it again to use it");
        }
        return use;
    }

    /** Waits for the operations under way and lets no further one in; false when it was closed before. */
    boolean shut() {
        lifecycle.writeLock().lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            lifecycle.writeLock().unlock();
        }
    }
}
