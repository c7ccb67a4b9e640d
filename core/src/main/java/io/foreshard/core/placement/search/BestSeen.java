package io.foreshard.core.placement.search;

/**
 * The best assignment of a walk: a list of what has changed since as long as that is short, a copy from then on.
 *
 * <p>A cold walk comes upon a new best every few steps; copying all partitions each time would cost more than the walk.
 */
final class BestSeen {
    private static final int LOGGED_MOST = 256;

    private final Assignment assignment;
    private final int[] loggedPartition = new int[LOGGED_MOST + 2];
    private final int[] loggedNode = new int[LOGGED_MOST + 2];
    private final int[] copy;
    private int logged;
    private boolean copied;

    /** Takes the assignment as it stands for the best. */
    BestSeen(Assignment assignment) {
        this.assignment = assignment;
        this.copy = new int[assignment.space().partitions()];
    }

    /** The assignment as it stands is the best. */
    void isHere() {
        logged = 0;
        copied = false;
    }

    /** The assignment as it stands is not the best, this one is. */
    void isElsewhere(int[] nodeOf) {
        System.arraycopy(nodeOf, 0, copy, 0, copy.length);
        copied = true;
    }

    boolean atBest() {
        return logged == 0 && !copied;
    }

    /** A change is about to be made. */
    void leaving(Exchange change) {
        if (copied) {
            return;
        }
        log(change.partition(), change.source());
        if (change.returning() != assignment.space().nobody()) {
            log(change.returning(), change.target());
        }
        if (logged > LOGGED_MOST) {
            copyTo(copy);
            copied = true;
        }
    }

    private void log(int partition, int node) {
        loggedPartition[logged] = partition;
        loggedNode[logged++] = node;
    }

    /** Where every partition is in the best assignment. */
    int[] toArray() {
        if (copied) {
            return copy.clone();
        }
        int[] nodeOf = new int[copy.length];
        copyTo(nodeOf);
        return nodeOf;
    }

    private void copyTo(int[] nodeOf) {
        for (int p = 0; p < nodeOf.length; p++) {
            nodeOf[p] = assignment.nodeOf(p);
        }
        for (int i = logged - 1; i >= 0; i--) {
            nodeOf[loggedPartition[i]] = loggedNode[i];
        }
    }
}
