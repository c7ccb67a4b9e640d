package io.foreshard.simulator.replay;

import io.foreshard.core.keyspace.Key;
import io.foreshard.simulator.receipt.Verification;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What every acknowledged write left behind, kept outside the store: a digest of the last value per key.
 *
 * <p>About 24 bytes per key. A key that was deleted stays in it, so that a record that comes back is noticed.
 */
final class RecordLedger {
    private static final long ABSENT = 0;
    private static final int EXAMPLES = 10;

    private final Long2LongOpenHashMap digests;

    RecordLedger() {
        this.digests = new Long2LongOpenHashMap();
    }

    private RecordLedger(Long2LongOpenHashMap digests) {
        this.digests = digests;
    }

    /** A second ledger that starts from what this one knows. */
    RecordLedger copy() {
        return new RecordLedger(digests.clone());
    }

    /** Digest of the last acknowledged value; 0 when there is none. */
    long lastDigest(long keyDigest) {
        return digests.get(keyDigest);
    }

    boolean knows(long keyDigest) {
        return digests.containsKey(keyDigest);
    }

    int keys() {
        return digests.size();
    }

    void acknowledgedPut(long keyDigest, long valueDigest) {
        digests.put(keyDigest, valueDigest);
    }

    void acknowledgedDelete(long keyDigest) {
        digests.put(keyDigest, ABSENT);
    }

    /** Compares a whole store with this ledger; feed it every record of the store once, then ask for the result. */
    final class Comparison {
        private final LongOpenHashSet seen = new LongOpenHashSet(digests.size());
        private final List<String> examples = new ArrayList<>();
        private long wrong;
        private long undeleted;

        void found(Key key, byte[] value) {
            long keyDigest = RecordDigest.ofKey(key);
            if (!seen.add(keyDigest)) {
                wrong++;
                example(key + " is in the store twice");
                return;
            }
            long expected = digests.get(keyDigest);
            if (expected == ABSENT) {
                undeleted++;
                example(key + " is there, and its deletion was acknowledged or it was never written");
            } else if (expected != RecordDigest.ofValue(value)) {
                wrong++;
                example(key + " holds " + value.length + " bytes that are not those last acknowledged");
            }
        }

        /** How many records were fed so far. */
        long compared() {
            return seen.size();
        }

        Verification result() {
            long missing = 0;
            long unknown = 0;
            for (var entry : digests.long2LongEntrySet()) {
                if (entry.getLongValue() != ABSENT && !seen.contains(entry.getLongKey())) {
                    missing++;
                }
            }
            for (long keyDigest : seen) {
                unknown += digests.containsKey(keyDigest) ? 0 : 1;
            }
            return new Verification(digests.size() + unknown, missing, wrong, undeleted, examples);
        }

        private void example(String text) {
            if (examples.size() < EXAMPLES) {
                examples.add(text);
            }
        }
    }
}
