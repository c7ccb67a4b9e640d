package io.foreshard.engine.embedded;

/** What an acknowledged write survives. */
public enum Durability {
    /** The end of the process, {@code kill -9} included: the log is written to the operating system, not synced. */
    PROCESS,
    /** The end of the machine: the log is synced before the write is acknowledged. */
    SYNCED
}
