package io.foreshard.engine.embedded;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operation came to: its status, how long it took, and what was read. */
public final class OpResult {
    private final OpStatus status;
    private final long latencyNanos;
    private final @Nullable StoredRecord record;
    private final List<StoredRecord> records;
    private final String detail;

    private OpResult(
            OpStatus status,
            long latencyNanos,
            @Nullable StoredRecord record,
            List<StoredRecord> records,
            String detail) {
        this.detail = detail;
        this.status = status;
        this.latencyNanos = latencyNanos;
        this.record = record;
        this.records = records;
    }

    static OpResult of(OpStatus status, long latencyNanos) {
        return new OpResult(status, latencyNanos, null, List.of(), "");
    }

    static OpResult read(long latencyNanos, @Nullable StoredRecord record) {
        return new OpResult(record == null ? OpStatus.NOT_FOUND : OpStatus.OK, latencyNanos, record, List.of(), "");
    }

    static OpResult read(OpStatus status, long latencyNanos, List<StoredRecord> records) {
        return new OpResult(status, latencyNanos, null, List.copyOf(records), "");
    }

    static OpResult failed(Exception cause) {
        return new OpResult(OpStatus.FAILED, 0, null, List.of(), String.valueOf(cause.getMessage()));
    }

    public OpStatus status() {
        return status;
    }

    /** From the call until the answer, in the store's time; in workload time that is the wait for the node. */
    public long latencyNanos() {
        return latencyNanos;
    }

    /** The record a get found. */
    public Optional<StoredRecord> record() {
        return Optional.ofNullable(record);
    }

    /** The value a get found. */
    public Optional<byte[]> value() {
        return record == null ? Optional.empty() : Optional.of(record.value());
    }

    /** The records a scan or multi-get found, in key order. */
    public List<StoredRecord> records() {
        return records;
    }

    /** What the disk said when it did not take or give a record; empty otherwise. */
    public String detail() {
        return detail;
    }

    @Override
    public String toString() {
        return status + " after " + latencyNanos / 1000 + " us" + (detail.isEmpty() ? "" : ": " + detail);
    }
}
