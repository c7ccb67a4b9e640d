package io.foreshard.live;

/** Spreads threads over a few counters, so that they seldom write to the same memory. */
final class Stripes {
    private static final int PER_PROCESSOR = 2;
    private static final int MAX = 64;

    /** How many there are; a power of two. */
    static final int COUNT = Integer.highestOneBit(
            Math.min(MAX, 2 * PER_PROCESSOR * Runtime.getRuntime().availableProcessors() - 1));

    private Stripes() {}

    /** The same for one thread at every call, {@code 0..COUNT-1}. */
    static int ofThisThread() {
        return (int) Thread.currentThread().getId() & (COUNT - 1);
    }
}
