package io.foreshard.core.keyspace;

/** What a node has and an operation uses; the order is the order of the components of a {@link ResourceVector}. */
public enum Resource {
    CPU("cpu", "ms/s"),
    MEMORY("memory", "bytes"),
    IO_OPS("io_ops", "ops/s"),
    IO_BYTES("io_bytes", "bytes/s"),
    NETWORK("network", "bytes/s"),
    DISK("disk", "bytes");

    /** How many resources there are: the length of every resource vector. */
    public static final int COUNT = values().length;

    private final String label;
    private final String unit;

    Resource(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** The name in files and interfaces. */
    public String label() {
        return label;
    }

    public String unit() {
        return unit;
    }
}
