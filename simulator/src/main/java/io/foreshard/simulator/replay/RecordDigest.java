package io.foreshard.simulator.replay;

import io.foreshard.core.keyspace.Key;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** 64-bit digests of keys and values, and the bytes that a write stores: all functions of their arguments alone. */
final class RecordDigest {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private RecordDigest() {}

    /** The identity of a key in the ledger. Two keys of a log of a hundred million collide with odds of 1 to 3,700. */
    static long ofKey(Key key) {
        long digest = key.length() + 0x9E3779B97F4A7C15L;
        for (int i = 0; i < key.length(); i++) {
            digest = (digest ^ key.byteAt(i)) * 0x100000001B3L;
        }
        return nonZero(mix(digest));
    }

    /** Digest of content and length; never 0. */
    static long ofValue(byte[] value) {
        long digest = mix(value.length + 0x632BE59BD9B4E019L);
        int i = 0;
        for (; i + 8 <= value.length; i += 8) {
            digest = (Long.rotateLeft(digest, 29) ^ (long) LONGS.get(value, i)) * 0x9FB21C651E98DF25L;
        }
        for (; i < value.length; i++) {
            digest = (Long.rotateLeft(digest, 7) ^ value[i]) * 0x100000001B3L;
        }
        return nonZero(mix(digest));
    }

    /**
     * The bytes that the write number {@code sequence} of a run stores under a key whose last value had {@code before}
     * as its digest: each value hangs on all values before it.
     */
    static byte[] valueBytes(long keyDigest, long before, long sequence, int length) {
        byte[] value = new byte[length];
        long state = mix(keyDigest ^ Long.rotateLeft(before, 17)) + sequence * 0x9E3779B97F4A7C15L;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            state += 0x9E3779B97F4A7C15L;
            LONGS.set(value, i, mix(state));
        }
        long rest = mix(state + 0x9E3779B97F4A7C15L);
        for (; i < length; i++) {
            value[i] = (byte) rest;
            rest >>>= 8;
        }
        return value;
    }

    /** Stafford's variant 13 of the MurmurHash3 finaliser. */
    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static long nonZero(long digest) {
        return digest == 0 ? 1 : digest;
    }
}
