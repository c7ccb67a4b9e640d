package io.foreshard.simulator.receipt;

import java.util.List;

/**
 * The comparison of the store with what was acknowledged, key by key, after a run.
 *
 * @param recordsVerified keys compared: those that must be there and those that must not
 * @param missing acknowledged writes whose record is not there
 * @param wrong records whose value is not the one last acknowledged
 * @param undeleted records that are there although their deletion was acknowledged
 * @param examples a few of the keys that differ, with what was found, for people
 */
public record Verification(long recordsVerified, long missing, long wrong, long undeleted, List<String> examples) {
    public Verification {
        examples = List.copyOf(examples);
    }

    public long recordsLost() {
        return missing + wrong + undeleted;
    }
}
