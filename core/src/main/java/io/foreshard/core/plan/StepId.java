package io.foreshard.core.plan;

/**
 * The identity of one step of one plan: applying a step twice under the same id has the effect of applying it once.
 *
 * @param planHash the plan's content hash
 * @param index the step's position, from 0
 */
public record StepId(String planHash, int index) {
    @Override
    public String toString() {
        return planHash.substring(0, Math.min(12, planHash.length())) + "/" + index;
    }
}
