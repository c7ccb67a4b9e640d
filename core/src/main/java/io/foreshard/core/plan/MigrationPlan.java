package io.foreshard.core.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Ordered steps that lead from one partition map to a cheaper one, known by the hash of their content.
 *
 * <p>What was approved under a hash is what runs: the hash covers every step, its order, its reason, its deadline, and
 * what was left out.
 */
public final class MigrationPlan {
    private final String table;
    private final long madeAtMillis;
    private final List<PlannedStep> steps;
    private final List<DroppedMove> dropped;
    private final String hash;

    /** A plan that leaves nothing out. */
    public MigrationPlan(String table, long madeAtMillis, List<PlannedStep> steps) {
        this(table, madeAtMillis, steps, List.of());
    }

    /**
     * @param steps in the order of execution
     * @param dropped what the placement asked for and these steps leave out
     */
    public MigrationPlan(String table, long madeAtMillis, List<PlannedStep> steps, List<DroppedMove> dropped) {
        this.table = table;
        this.madeAtMillis = madeAtMillis;
        this.steps = List.copyOf(steps);
        this.dropped = List.copyOf(dropped);
        for (int i = 0; i < this.steps.size(); i++) {
            for (int before : this.steps.get(i).after()) {
                if (before < 0 || before >= i) {
                    throw new IllegalArgumentException("step " + i + " of a plan for table " + table
                            + " waits for step " + before + ", which does not stand before it");
                }
            }
        }
        this.hash = sha256(canonical());
    }

    public String table() {
        return table;
    }

    public long madeAtMillis() {
        return madeAtMillis;
    }

    /** In the order of execution. */
    public List<PlannedStep> steps() {
        return steps;
    }

    /** What the placement asked for and this plan leaves out, with the reasons. */
    public List<DroppedMove> dropped() {
        return dropped;
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    public StepId stepId(int index) {
        return new StepId(hash, index);
    }

    /** SHA-256 of the content, 64 hexadecimal digits. */
    public String hash() {
        return hash;
    }

    @Override
    public String toString() {
        return "plan " + hash.substring(0, 12) + " (" + steps.size() + " steps, " + dropped.size() + " dropped)";
    }

    private String canonical() {
        StringBuilder text = new StringBuilder("plan 1\n")
                .append(table)
                .append('\n')
                .append(madeAtMillis)
                .append('\n');
        for (PlannedStep planned : steps) {
            text.append(planned.step().canonical())
                    .append('|')
                    .append(planned.actByMillis())
                    .append('|')
                    .append(planned.readyByMillis())
                    .append('|')
                    .append(planned.expectedMillis())
                    .append('|')
                    .append(planned.expectedBytes())
                    .append('|')
                    .append(planned.after())
                    .append('|')
                    .append(planned.reason())
                    .append('\n');
        }
        for (DroppedMove drop : dropped) {
            text.append("dropped ")
                    .append(drop.partition())
                    .append('|')
                    .append(drop.source())
                    .append('|')
                    .append(drop.target())
                    .append('|')
                    .append(drop.reason())
                    .append('\n');
        }
        return text.toString();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }
}
