package io.foreshard.control.history;

/** What a row of the input is. */
public enum Form {
    /** Told by the columns: {@code op} makes an operation log. */
    AUTO,
    /** One operation, or {@code count} of them. */
    OPERATIONS,
    /** What one segment did in one window, as counts or rates. */
    RATES
}
