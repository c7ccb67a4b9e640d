package io.foreshard.live;

/**
 * Lets one thread wait until nobody uses any more what it has just replaced.
 *
 * <p>A user calls {@link #enter}, only then reads the shared reference, and calls {@link #leave} when done. Whoever
 * replaced the reference calls {@link #awaitEarlier}: when it returns, everybody who may have seen the old one has
 * left.
 */
interface Phases {
    /** Never waits for anybody. */
    int enter();

    /** @param ticket what {@link #enter} gave */
    void leave(int ticket);

    /** One thread at a time. */
    void awaitEarlier();
}
