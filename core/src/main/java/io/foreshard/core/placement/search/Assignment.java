package io.foreshard.core.placement.search;

import java.util.Arrays;

/** Which partition is on which node, and what that uses of every node, kept up to date change by change. */
public final class Assignment {
    private final SearchSpace space;
    private final int[] nodeOf;
    private final double[] usage;
    private final int[][] members;
    private final int[] memberCount;
    private final int[] slotOf;
    private final int[] away;
    private final int[] awaySlotOf;
    private int awayCount;

    /** Everything at home. */
    public Assignment(SearchSpace space) {
        this.space = space;
        int partitions = space.partitions();
        this.nodeOf = new int[partitions + 1];
        this.slotOf = new int[partitions];
        this.away = new int[partitions];
        this.awaySlotOf = new int[partitions];
        this.usage = new double[space.nodes() * space.lanes()];
        this.memberCount = new int[space.nodes()];
        this.members = new int[space.nodes()][];
        for (int p = 0; p < partitions; p++) {
            memberCount[space.home(p)]++;
        }
        for (int n = 0; n < members.length; n++) {
            members[n] = new int[memberCount[n] + 8];
            memberCount[n] = 0;
        }
        nodeOf[partitions] = -1;
        for (int p = 0; p < partitions; p++) {
            int node = space.home(p);
            nodeOf[p] = node;
            enter(p, node);
            addLoad(node, p, 1);
        }
    }

    public SearchSpace space() {
        return space;
    }

    public int nodeOf(int partition) {
        return nodeOf[partition];
    }

    public boolean isHome(int partition) {
        return nodeOf[partition] == space.home(partition);
    }

    /** How many partitions the node holds. */
    public int count(int node) {
        return memberCount[node];
    }

    /** One of the node's partitions; their order is arbitrary but the same for the same history. */
    public int member(int node, int index) {
        return members[node][index];
    }

    /** How many partitions are not at home. */
    public int awayCount() {
        return awayCount;
    }

    /** One of the partitions that are not at home. */
    public int away(int index) {
        return away[index];
    }

    /** How many more partitions would be away from home after a change. */
    public int awayDelta(Exchange change) {
        int partition = change.partition();
        int returning = change.returning();
        int delta = awayDelta(space.home(partition), change.source(), change.target());
        return returning == space.nobody()
                ? delta
                : delta + awayDelta(space.home(returning), change.target(), change.source());
    }

    private static int awayDelta(int home, int source, int target) {
        return source == home ? 1 : target == home ? -1 : 0;
    }

    /** The live table of usage, {@code [nodes x lanes]}, for inner loops; only this class writes to it. */
    public double[] usage() {
        return usage;
    }

    public double usage(int node, int lane) {
        return usage[node * space.lanes() + lane];
    }

    /** Where every partition is, {@code [partitions]}: a copy. */
    public int[] toArray() {
        return Arrays.copyOf(nodeOf, space.partitions());
    }

    void apply(Exchange change) {
        relocate(change.partition(), change.source(), change.target());
        if (change.returning() != space.nobody()) {
            relocate(change.returning(), change.target(), change.source());
        }
    }

    private void relocate(int partition, int source, int target) {
        if (nodeOf[partition] != source) {
            throw new IllegalStateException(
                    "partition " + partition + " is on node " + nodeOf[partition] + ", not on " + source);
        }
        leave(partition, source);
        addLoad(source, partition, -1);
        nodeOf[partition] = target;
        enter(partition, target);
        addLoad(target, partition, 1);
        if (source == space.home(partition)) {
            awaySlotOf[partition] = awayCount;
            away[awayCount++] = partition;
        } else if (target == space.home(partition)) {
            int last = away[--awayCount];
            away[awaySlotOf[partition]] = last;
            awaySlotOf[last] = awaySlotOf[partition];
        }
    }

    private void addLoad(int node, int partition, int sign) {
        int lanes = space.lanes();
        double[] load = space.loads();
        int from = partition * lanes;
        int to = node * lanes;
        for (int i = 0; i < lanes; i++) {
            usage[to + i] += sign * load[from + i];
        }
    }

    private void enter(int partition, int node) {
        int[] list = members[node];
        if (memberCount[node] == list.length) {
            list = Arrays.copyOf(list, list.length * 2);
            members[node] = list;
        }
        slotOf[partition] = memberCount[node];
        list[memberCount[node]++] = partition;
    }

    private void leave(int partition, int node) {
        int[] list = members[node];
        int last = list[--memberCount[node]];
        list[slotOf[partition]] = last;
        slotOf[last] = slotOf[partition];
    }
}
