package io.foreshard.control.journal;

/** A journal that cannot be opened, read or written. */
public final class JournalException extends RuntimeException {
    /** What is wrong. */
    public enum Code {
        /** Another process has it open. */
        IN_USE,
        /** It was written by another version. */
        OTHER_VERSION,
        /** It is not a journal of Foreshard at all. */
        NOT_A_JOURNAL,
        /** Its content is not what was written. */
        DAMAGED,
        /** The file system refused, a full disk for instance. */
        INPUT_OUTPUT
    }

    private final Code code;

    public JournalException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public JournalException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
