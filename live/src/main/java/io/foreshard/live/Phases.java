package io.foreshard.live;

/**
 * Lets one thread wait until nobody uses any more what it has just replaced.
 *
 * <p>A user calls {@link #enter}, only then reads the shared reference, and calls {@link #leave} when done. Whoever
 * replaced the reference calls {@link #awaitEarlier}: when it returns, everybody who may have seen the old one has
 * left.
 */
interface Phases {
    /** Counts the calling thread in; never waits for anybody. */
    int enter();

    /**
     * Counts a thread out.
     *
     * @param ticket what {@link #enter} gave
     */
    void leave(int ticket);

    /** Returns when everybody has left who entered before the call; one thread at a time. */
    void awaitEarlier();
}
