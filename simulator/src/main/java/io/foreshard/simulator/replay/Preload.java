package io.foreshard.simulator.replay;

import io.foreshard.core.workload.OpEvent;
import io.foreshard.engine.embedded.OpResult;
import io.foreshard.engine.embedded.OpStatus;
import io.foreshard.engine.embedded.StoreClient;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/**
 * Writes the records that existed before a log starts: those whose first operation in it reads or deletes them. One
 * whose first operation writes it is taken as new.
 *
 * <p>Remembers the digest of every key of the log, about 12 bytes each.
 */
final class Preload {
    private static final int VALUE_BYTES_MIN = 8;

    private final StoreClient client;
    private final RecordLedger ledger;
    private final int valueBytesCap;
    private final LongOpenHashSet met = new LongOpenHashSet();

    Preload(StoreClient client, RecordLedger ledger, int valueBytesCap) {
        this.client = client;
        this.ledger = ledger;
        this.valueBytesCap = valueBytesCap;
    }

    /** Takes the next operation of the log. */
    void observe(OpEvent event) {
        long keyDigest = RecordDigest.ofKey(event.key());
        if (!met.add(keyDigest) || event.kind() == io.foreshard.core.workload.OpKind.PUT) {
            return;
        }
        int length = (int) Math.max(VALUE_BYTES_MIN, Math.min(valueBytesCap, event.bytes()));
        byte[] value = RecordDigest.valueBytes(keyDigest, 0, 0, length);
        OpResult result = client.put(event.key(), event.tags(), value);
        if (result.status() != OpStatus.OK) {
            throw new IllegalStateException("writing " + event.key() + " before the log starts ended " + result);
        }
        ledger.acknowledgedPut(keyDigest, RecordDigest.ofValue(value));
    }
}
