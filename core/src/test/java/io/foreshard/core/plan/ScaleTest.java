package io.foreshard.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.HorizonLoad;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.core.placement.Placement;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.placement.PlacementRules;
import io.foreshard.core.placement.PlacementSearch;
import io.foreshard.core.placement.PlacementSettings;
import io.foreshard.core.placement.search.SearchBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScaleTest {
    private static final long HOUR = 3_600_000;
    private static final long GIGABYTE = 1_000_000_000;
    private static final PlannerOptions OPTIONS = new PlannerOptions(50e6, 2_000, 0.25, 2);

    /**
     * So many nodes of 100 ops/s and a disk of 100 GB, and twelve partitions of 10 GB; {@code load[w]} is what they ask
     * for together.
     */
    private static PlacementProblem problem(int nodes, PlacementRules rules, double... load) {
        List<Node> all = new ArrayList<>();
        for (int n = 0; n < nodes; n++) {
            all.add(new Node(
                    new NodeId("n" + n),
                    ResourceVector.capacity(Map.of(Resource.IO_OPS, 100.0, Resource.DISK, 100.0 * GIGABYTE)),
                    "z" + n % 2,
                    true));
        }
        List<PlacedPartition> partitions = new ArrayList<>();
        HorizonLoad.Builder horizon = HorizonLoad.of(List.of(Resource.IO_OPS, Resource.DISK), 10 * HOUR, HOUR)
                .sized(12, load.length);
        for (int p = 0; p < 12; p++) {
            partitions.add(
                    new PlacedPartition(new PartitionId(p + 1), new NodeId("n" + p % nodes), 10 * GIGABYTE, null));
            for (int w = 0; w < load.length; w++) {
                horizon.set(p, Resource.IO_OPS, w, load[w] / 12);
                horizon.set(p, Resource.DISK, w, 10.0 * GIGABYTE);
            }
        }
        return new PlacementProblem(all, partitions, horizon.build(), List.of(), rules, PlacementSettings.DEFAULT);
    }

    private static ScaleAdvice advise(PlacementProblem problem) {
        return new ScaleAdvisor(problem, OPTIONS, 600_000).advise(9 * HOUR);
    }

    @Test
    void everyWindowNeedsAsManyNodesAsItsLoadAtTheHeadroom() {
        ScaleAdvice advice = advise(problem(4, PlacementRules.NONE, 90, 180, 270, 271, 360));

        assertThat(advice.needs()).extracting(ScaleAdvice.Need::nodes).containsExactly(2, 2, 3, 4, 4);
        assertThat(advice.needs().get(0).resource()).isEqualTo(Resource.DISK);
        assertThat(advice.needs().get(4).resource()).isEqualTo(Resource.IO_OPS);
        assertThat(advice.addition()).isEmpty();
    }

    @Test
    void nodesAreAddedEarlyEnoughForTheirDataToBeThere() {
        ScaleAdvice.Addition add =
                advise(problem(4, PlacementRules.NONE, 90, 90, 450)).addition().orElseThrow();

        assertThat(add.nodes()).isEqualTo(1);
        assertThat(add.window()).isEqualTo(2);
        assertThat(add.neededByMillis()).isEqualTo(12 * HOUR);
        // A fifth of 120 GB at 2 x 50 MB/s and two starts of 2 s are 242 s, a quarter more as a margin; and ten
        // minutes.
        assertThat(add.bytes()).isEqualTo(24 * GIGABYTE);
        assertThat(add.startByMillis()).isEqualTo(12 * HOUR - 600_000 - 302_500);
    }

    @Test
    void nodesThatAreNotNeededAreNamedWithWhatEmptyingThemSavesAndCosts() {
        ScaleAdvice advice = advise(problem(4, PlacementRules.NONE, 90, 90, 90, 90, 90, 90, 350, 350));

        assertThat(advice.spares()).singleElement().satisfies(spare -> {
            assertThat(spare.fromWindow()).isZero();
            assertThat(spare.untilWindow()).isEqualTo(6);
            assertThat(spare.nodes()).containsExactly(new NodeId("n0"), new NodeId("n1"));
            assertThat(spare.savedNodeHours()).isBetween(11.0, 12.0);
            assertThat(spare.costNodeHours()).isBetween(1.0, 2.0);
            assertThat(spare.pays()).isTrue();
        });
    }

    @Test
    void aShorterClusterFitsWhenItsDiskDoes() {
        assertThat(verdict(problem(4, PlacementRules.NONE, 90, 170), 2)).satisfies(two -> {
            assertThat(two.fits()).isTrue();
            assertThat(two.removed()).hasSize(2);
            assertThat(two.peaks().get(0).utilisation()).isLessThanOrEqualTo(0.9);
        });
        assertThat(verdict(problem(4, PlacementRules.NONE, 90, 90), 1)).satisfies(one -> {
            assertThat(one.fits()).isFalse();
            assertThat(one.reasons()).anyMatch(reason -> reason.contains("find no place on the other nodes"));
        });
    }

    @Test
    void aLongerClusterGetsNodesOfAverageSize() {
        ScaleCheck.Verdict verdict = verdict(problem(2, PlacementRules.NONE, 170, 250), 4);

        assertThat(verdict.added()).containsExactly(new NodeId("new-1"), new NodeId("new-2"));
        assertThat(verdict.fits()).isTrue();
    }

    @Test
    void aNodeThatARuleNeedsIsNotEmptied() {
        PlacementRules rules = new PlacementRules(
                Set.of(new PartitionId(1)),
                Map.of(new PartitionId(2), Set.of(new NodeId("n1"))),
                Set.of(),
                List.of(),
                Set.of());

        assertThat(verdict(problem(4, rules, 90, 90), 2).removed())
                .containsExactlyInAnyOrder(new NodeId("n2"), new NodeId("n3"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verdict(problem(4, rules, 90, 90), 1))
                .withMessageContaining("only 2 of the 3 nodes can be emptied");
    }

    private static ScaleCheck.Verdict verdict(PlacementProblem problem, int nodes) {
        ScaleCheck check = ScaleCheck.of(problem, OPTIONS, nodes);
        Placement placement = PlacementSearch.seeded(1).search(check.problem(), SearchBudget.evaluations(50_000));
        return check.verdict(placement);
    }
}
