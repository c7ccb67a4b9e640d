package io.foreshard.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.control.InputException;
import io.foreshard.core.placement.SearchListener;
import io.foreshard.core.placement.search.SearchBudget;
import io.foreshard.server.plan.PlanJson;
import io.foreshard.server.plan.PlanSettings;
import io.foreshard.server.plan.PlanText;
import io.foreshard.server.plan.SnapshotPlan;
import io.foreshard.server.plan.SnapshotPlanner;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Damaged snapshots: each is refused in one line that names the file, or planned for without a NaN in the report. */
final class SnapshotFuzzTest {
    private static final int SNAPSHOTS = Integer.getInteger("fuzz.problems", 400);
    private static final List<String> SCRAPS =
            List.of("null", "-1", "1e400", "\"n1\"", "{}", "[]", "0", "true", "\"\"", "NaN", ",", "}", "1e18", "\"q\"");

    @Test
    void aDamagedSnapshotIsRefusedInWordsOrPlannedFor() {
        int planned = 0;
        for (int i = 0; i < SNAPSHOTS; i++) {
            RandomGenerator random = new SplittableRandom(i);
            String json = damaged(random);
            Snapshot snapshot;
            try {
                snapshot = SnapshotReaderTest.read(json);
                plan(snapshot, random);
                planned++;
            } catch (InputException e) {
                assertThat(e.getMessage())
                        .as("snapshot %d", i)
                        .contains("small.json")
                        .doesNotContain("java.")
                        .hasLineCount(1);
            }
        }
        assertThat(planned).isPositive();
    }

    private static void plan(Snapshot snapshot, RandomGenerator random) {
        SnapshotPlan made = new SnapshotPlanner(PlanSettings.usual(), List.of(), random.nextLong(), SearchListener.NONE)
                .plan(snapshot, OptionalInt.empty(), SearchBudget.evaluations(200));

        assertThat(PlanText.render(made, true)).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(PlanJson.render(made)).doesNotContain("NaN").doesNotContain("Infinity");
    }

    /** One value, or a piece of the text, replaced by something else. */
    private static String damaged(RandomGenerator random) {
        String json = SnapshotReaderTest.SMALL;
        int at = random.nextInt(json.length());
        String scrap = SCRAPS.get(random.nextInt(SCRAPS.size()));
        if (random.nextInt(4) == 0) {
            int end = Math.min(json.length(), at + random.nextInt(12));
            return json.substring(0, at) + scrap + json.substring(end);
        }
        int colon = json.indexOf(": ", at);
        if (colon < 0) {
            return json.substring(0, at);
        }
        int end = colon + 2;
        while (end < json.length() && ",}]\n".indexOf(json.charAt(end)) < 0) {
            end++;
        }
        return json.substring(0, colon + 2) + scrap + json.substring(end);
    }
}
