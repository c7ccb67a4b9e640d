package io.foreshard.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.keyspace.Key;
import io.foreshard.simulator.receipt.Verification;
import io.foreshard.testkit.seeded.Seeded;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RecordLedgerTest {
    private final RecordLedger ledger = new RecordLedger();
    private final TreeMap<Key, byte[]> store = new TreeMap<>();

    @Test
    void aStoreThatKeptEverythingHasNothingLost() {
        put("a", 1);
        put("b", 2);
        put("a", 3);
        delete("b");
        assertThat(compare()).isEqualTo(new Verification(2, 0, 0, 0, java.util.List.of()));
    }

    @Test
    void aMissingAnOldACutAndAReturnedRecordAreEachNoticed() {
        put("kept", 1);
        put("old", 2);
        byte[] old = stored("old").clone();
        put("old", 3);
        put("cut", 4);
        put("gone", 5);
        put("deleted", 6);
        byte[] deleted = stored("deleted");
        delete("deleted");

        store.put(Key.utf8("old"), old);
        store.put(Key.utf8("cut"), java.util.Arrays.copyOf(stored("cut"), 20));
        store.remove(Key.utf8("gone"));
        store.put(Key.utf8("deleted"), deleted);
        store.put(Key.utf8("nobody's"), deleted);

        Verification result = compare();
        assertThat(result.wrong()).isEqualTo(2);
        assertThat(result.missing()).isEqualTo(1);
        assertThat(result.undeleted()).isEqualTo(2);
        assertThat(result.recordsLost()).isEqualTo(5);
        assertThat(result.recordsVerified()).isEqualTo(6);
        assertThat(result.examples()).hasSize(4).anyMatch(text -> text.contains("nobody's"));
    }

    @Test
    void aRecordFoundTwiceIsWrong() {
        put("a", 1);
        RecordLedger.Comparison comparison = ledger.new Comparison();
        comparison.found(Key.utf8("a"), stored("a"));
        comparison.found(Key.utf8("a"), stored("a"));
        assertThat(comparison.result().wrong()).isEqualTo(1);
    }

    @Test
    void aCopyDoesNotFollowTheOriginal() {
        put("a", 1);
        RecordLedger copy = ledger.copy();
        delete("a");
        assertThat(copy.lastDigest(RecordDigest.ofKey(Key.utf8("a")))).isNotZero();
    }

    @Seeded(tries = 50)
    void theSampleIsExactWhenItIsLargeEnoughAndCloseWhenItIsNot(RandomGenerator random) {
        KeySample all = new KeySample(5_000);
        KeySample few = new KeySample(1_000);
        int distinct = 3_000 + random.nextInt(2_000);
        for (int i = 0; i < 20_000; i++) {
            Key key = Key.utf8(
                    String.format(java.util.Locale.ROOT, "k%06d", i < distinct ? i : random.nextInt(distinct)));
            all.add(key, RecordDigest.ofKey(key), 1, 1);
            few.add(key, RecordDigest.ofKey(key), 1, 1);
        }
        assertThat(all.distinctKeys()).isEqualTo(distinct);
        assertThat(few.distinctKeys() / (double) distinct).isBetween(0.85, 1.15);
        assertThat(all.borders(4)).hasSize(3).isSorted();
        int middle = Integer.parseInt(few.borders(2).get(0).text().substring(1));
        assertThat(middle / (double) distinct).isBetween(0.4, 0.6);
    }

    private byte[] stored(String text) {
        return Objects.requireNonNull(store.get(Key.utf8(text)), text);
    }

    private void put(String text, long sequence) {
        long key = RecordDigest.ofKey(Key.utf8(text));
        byte[] value = RecordDigest.valueBytes(key, ledger.lastDigest(key), sequence, 21);
        store.put(Key.utf8(text), value);
        ledger.acknowledgedPut(key, RecordDigest.ofValue(value));
    }

    private void delete(String text) {
        store.remove(Key.utf8(text));
        ledger.acknowledgedDelete(RecordDigest.ofKey(Key.utf8(text)));
    }

    private Verification compare() {
        RecordLedger.Comparison comparison = ledger.new Comparison();
        store.forEach(comparison::found);
        return comparison.result();
    }
}
