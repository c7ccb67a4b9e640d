package io.foreshard.engine.embedded;

/** A store that cannot be opened, or whose disk does not answer any more; the message says what to do. */
public final class StoreException extends RuntimeException {
    /** What kind of trouble it is. */
    public enum Code {
        /** Another process has the directory open. */
        IN_USE,
        /** The directory holds something else, or another format version. */
        FORMAT,
        /** The options do not fit what the directory holds. */
        MISMATCH,
        /** Reading or writing failed. */
        DISK,
        /** The store was closed. */
        CLOSED
    }

    private final Code code;

    StoreException(Code code, String message) {
        super(message);
        this.code = code;
    }

    StoreException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
