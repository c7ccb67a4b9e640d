package io.foreshard.core.workload;

/** What an operation does to the store. */
public enum OpKind {
    GET(false),
    MULTI_GET(false),
    SCAN(false),
    PUT(true),
    DELETE(true);

    /** How many kinds there are: the length of every array that is indexed by kind. */
    public static final int COUNT = values().length;

    private final boolean write;

    OpKind(boolean write) {
        this.write = write;
    }

    public boolean isWrite() {
        return write;
    }

    /** The name in files and interfaces. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
