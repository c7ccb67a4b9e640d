package io.foreshard.testkit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. */
public final class ManualClock implements InstantSource {
    private final AtomicLong nowMillis;

    public ManualClock(long startMillis) {
        this.nowMillis = new AtomicLong(startMillis);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMillis.get());
    }

    @Override
    public long millis() {
        return nowMillis.get();
    }

    /** Moves the clock forward by {@code millis}, zero or more. */
    public void advance(long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("a clock does not go back by " + -millis + " ms");
        }
        nowMillis.addAndGet(millis);
    }
}
