package io.foreshard.control.oplog;

/** Why a row of an operation log was not taken. */
public enum RowProblem {
    MISSING_COLUMN("a missing column", "as many columns as the header has"),
    EXTRA_COLUMN("too many columns", "as many columns as the header has; put quotes around a field that holds a comma"),
    BAD_NUMBER("a bad number", "a whole number"),
    NEGATIVE_BYTES("negative bytes", "a size of 0 or more"),
    TIME_BACKWARDS("time going backwards", "a time not before the row above; sort the log by timestamp_ms"),
    UNKNOWN_OPERATION("an unknown operation", "one of " + OperationNames.known()),
    EMPTY_KEY("an empty key", "the key of the record"),
    BAD_TAGS("bad tags", "name=value;name=value without control characters");

    private final String label;
    private final String expected;

    RowProblem(String label, String expected) {
        this.label = label;
        this.expected = expected;
    }

    /** What is wrong, for people. */
    public String label() {
        return label;
    }

    /** What should have been there, for people. */
    public String expected() {
        return expected;
    }
}
