package io.foreshard.core.placement;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlacementProblemTest {
    private static final HorizonLoad LOAD = Problems.load(new double[][] {{1}});

    private static PlacementProblem with(PlacementRules rules) {
        return new PlacementProblem(
                List.of(Problems.node(0, 10)),
                List.of(Problems.partition(0, 0)),
                LOAD,
                List.of(),
                rules,
                PlacementSettings.DEFAULT);
    }

    @Test
    void aNodeWithoutCapacityIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problems.problem(1, 0, new int[] {0}, new double[][] {{1}}))
                .withMessageContaining("n0 has no io_ops");
    }

    @Test
    void aPartitionOnAnUnknownNodeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problems.problem(1, 10, new int[] {3}, new double[][] {{1}}))
                .withMessageContaining("p1 is on node n3");
    }

    @Test
    void aLoadThatIsNotANumberIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problems.load(new double[][] {{Double.NaN}}))
                .withMessageContaining("NaN ops/s in window 0");
    }

    @Test
    void aLoadOfAnotherShapeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Problems.problem(1, 10, new int[] {0, 0}, new double[][] {{1}}))
                .withMessageContaining("rows for 1 partitions, but there are 2");
    }

    @Test
    void rulesAboutUnknownPartitionsAndNodesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(new PlacementRules(
                        Set.of(new PartitionId(9)), Map.of(), Set.of(), List.of(), Set.of(Resource.MEMORY))))
                .withMessageContaining("rules.immovable names partition p9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(new PlacementRules(
                        Set.of(),
                        Map.of(new PartitionId(1), Set.of(new NodeId("n7"))),
                        Set.of(),
                        List.of(),
                        Set.of(Resource.MEMORY))))
                .withMessageContaining("none of these nodes exists");
    }

    @Test
    void weightsThatAreAllZeroOrNegativeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlacementSettings.Weights(0, 0, 0, 1, 0, 0))
                .withMessageContaining("all 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlacementSettings.Weights(-1, 0, 0, 1, 0, 0))
                .withMessageContaining("weights.overload is -1.0");
    }
}
