package io.foreshard.core.placement.search;

/**
 * One elementary change: a partition goes from its source to a target, and another may come back the other way.
 *
 * <p>Mutable and reused, because the search looks at millions of them. A shift is an exchange whose
 * {@link #returning()} is {@link SearchSpace#nobody()}.
 */
public final class Exchange {
    private int partition;
    private int returning;
    private int source;
    private int target;

    /** Makes this the exchange of {@code partition}, on {@code source}, for {@code returning}, on {@code target}. */
    public Exchange set(int partition, int returning, int source, int target) {
        this.partition = partition;
        this.returning = returning;
        this.source = source;
        this.target = target;
        return this;
    }

    /** Makes this the same as another. */
    Exchange copy(Exchange other) {
        return set(other.partition, other.returning, other.source, other.target);
    }

    /** Makes this the way back from {@code other}, once that has been applied. */
    public Exchange inverseOf(Exchange other) {
        return set(other.partition, other.returning, other.target, other.source);
    }

    /** What goes from {@link #source()} to {@link #target()}. */
    public int partition() {
        return partition;
    }

    /** What comes from {@link #target()} to {@link #source()}; possibly nobody. */
    public int returning() {
        return returning;
    }

    public int source() {
        return source;
    }

    public int target() {
        return target;
    }

    @Override
    public String toString() {
        return partition + ": " + source + " -> " + target + ", back: " + returning;
    }
}
