package io.foreshard.live;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * {@link Phases} by two sets of striped counters of who is inside, used in turn.
 *
 * <p>The idea of read-copy-update (McKenney and Slingwine, 1998), with the double indicator of Left-Right (Ramalhete
 * and Correia, 2015): after the phase has been flipped, newcomers count in the other set, so the old set only falls.
 */
final class GracePeriods implements Phases {
    /** Longs between two stripes, so that no two share a pair of cache lines. */
    private static final int SPACING = 16;

    /** Looks at a counter that is not zero before the processor is given to those that are waited for. */
    private static final int SPINS = 64;

    private final AtomicLongArray inside = new AtomicLongArray(2 * Stripes.COUNT * SPACING);
    private volatile int phase;

    @Override
    public int enter() {
        int stripe = Stripes.ofThisThread();
        while (true) {
            int seen = phase;
            int slot = slot(seen, stripe);
            inside.getAndIncrement(slot);
            if (phase == seen) {
                return slot;
            }
            // Flipped in between: whoever flipped may not have seen this one.
            inside.getAndDecrement(slot);
        }
    }

    @Override
    public void leave(int ticket) {
        inside.getAndDecrement(ticket);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // Who is inside may need this very processor to get out.
    public void awaitEarlier() {
        int earlier = phase;
        phase = 1 - earlier;
        for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
            for (int looks = 0; inside.get(slot(earlier, stripe)) != 0; looks++) {
                if (looks < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        }
    }

    private static int slot(int phase, int stripe) {
        return (phase * Stripes.COUNT + stripe) * SPACING;
    }
}
