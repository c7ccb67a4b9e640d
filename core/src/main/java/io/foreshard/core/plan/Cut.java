package io.foreshard.core.plan;

import io.foreshard.core.keyspace.Key;

/**
 * Where to split a partition, or why a split does not help.
 *
 * <p>{@link Cutter} finds it.
 */
public sealed interface Cut {
    /**
     * A split that shares the predicted load out.
     *
     * @param key the first key of the right daughter: the shortest that tells the two sides apart
     * @param leftPart the part of the predicted load that falls left of it, 0..1
     * @param cutPart the part of the predicted load that belongs to segments with keys on both sides, 0..1; 0 on a
     *     border between segments
     */
    record At(Key key, double leftPart, double cutPart) implements Cut {
        boolean isSegmentBorder() {
            return cutPart == 0;
        }
    }

    /**
     * One key has most of the load: whatever holds it is as hot as before.
     *
     * @param key the hot one
     * @param part its part of the predicted load, 0..1
     */
    record HotKey(Key key, double part) implements Cut {}

    /** Too few keys are known to say where the load is. */
    record Unknown() implements Cut {}
}
