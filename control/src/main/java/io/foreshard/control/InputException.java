package io.foreshard.control;

/**
 * Something the caller gave us cannot be used: the message names it with its value, says what was expected and what to
 * do.
 *
 * <p>Shown as it is to the person who gave it, without a stack trace.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public InputException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public InputException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** What kind of input was wrong. */
    public enum ErrorCode {
        /** An option, rule or other setting. */
        SETTING(Category.USAGE),
        /** The content of a file: a bad header or row, nothing in it. */
        CONTENT(Category.USAGE),
        /** A file or directory that is not there, may not be read, or is damaged. */
        FILE(Category.FILES),
        /** A file or directory that another process uses, or another version wrote. */
        IN_USE(Category.FILES);

        private final Category category;

        ErrorCode(Category category) {
            this.category = category;
        }

        public Category category() {
            return category;
        }
    }

    /** Where the caller has to look. */
    public enum Category {
        /** At what was asked for. */
        USAGE,
        /** At files and the devices they are on. */
        FILES
    }
}
