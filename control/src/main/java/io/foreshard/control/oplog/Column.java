package io.foreshard.control.oplog;

import java.util.Arrays;
import java.util.Optional;

/** The columns of an operation log. */
enum Column {
    TIMESTAMP("timestamp_ms", true),
    OPERATION("op", true),
    KEY("key", true),
    TAGS("tags", false),
    CLIENT("client", false),
    BYTES("bytes", false),
    TRANSACTION("txn", false);

    private final String title;
    private final boolean required;

    Column(String title, boolean required) {
        this.title = title;
        this.required = required;
    }

    String title() {
        return title;
    }

    boolean isRequired() {
        return required;
    }

    static Optional<Column> titled(String title) {
        return Arrays.stream(values()).filter(c -> c.title.equals(title)).findFirst();
    }
}
