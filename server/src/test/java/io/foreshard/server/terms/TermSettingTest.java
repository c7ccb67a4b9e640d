package io.foreshard.server.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.control.InputException;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.CostTermException;
import io.foreshard.core.placement.HorizonLoad;
import io.foreshard.core.placement.OwnTerm;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.core.placement.Placement;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.placement.PlacementRules;
import io.foreshard.core.placement.PlacementSearch;
import io.foreshard.core.placement.PlacementSettings;
import io.foreshard.core.placement.search.SearchBudget;
import io.foreshard.server.config.ConfigurationFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TermSettingTest {
    @TempDir
    Path directory;

    private List<TermSetting> read(String per, String expression) {
        return readYaml("""
                cost:
                  terms:
                    - name: mine
                      per: %s
                      expression: %s
                """.formatted(per, expression));
    }

    private List<TermSetting> readYaml(String cost) {
        try {
            Path file = directory.resolve("foreshard.yaml");
            Files.writeString(file, "placement:\n" + cost.indent(2));
            return TermSetting.read(
                    ConfigurationFile.read(file).section("placement").section("cost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Four partitions of 10 ops/s, two tables, on the first of three nodes of 100. */
    private static PlacementProblem problem() {
        List<Node> nodes = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            nodes.add(new Node(
                    new NodeId("n" + n),
                    ResourceVector.capacity(Map.of(Resource.IO_OPS, 100.0)),
                    n == 2 ? "b" : "a",
                    true,
                    Map.of("disk", n == 1 ? "ssd" : "hdd")));
        }
        List<PlacedPartition> partitions = new ArrayList<>();
        HorizonLoad.Builder load =
                HorizonLoad.of(List.of(Resource.IO_OPS), 0, 3_600_000).sized(4, 4);
        for (int p = 0; p < 4; p++) {
            partitions.add(new PlacedPartition(
                    new PartitionId(p + 1),
                    new NodeId("n0"),
                    1_000_000,
                    null,
                    p % 2 == 0 ? "hot" : "cold",
                    "part-" + p,
                    null,
                    PlacedPartition.Moved.NEVER));
            for (int w = 0; w < 4; w++) {
                load.set(p, Resource.IO_OPS, w, 10);
            }
        }
        return new PlacementProblem(
                nodes, partitions, load.build(), List.of(), PlacementRules.NONE, PlacementSettings.DEFAULT);
    }

    private Placement place(String per, String expression) {
        List<OwnTerm> terms = OwnTerms.of(
                read(per, expression), List.of(), Duration.ofSeconds(10), InstantSource.fixed(Instant.EPOCH));
        return PlacementSearch.seeded(1).verified().with(terms).search(problem(), SearchBudget.evaluations(20_000));
    }

    private static Placement.TermCost mine(Placement placement) {
        return placement.costs().stream()
                .filter(cost -> cost.term().equals("mine"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPriceOfPartitionsOnNodesMovesThemWhereItIsLow() {
        Placement placement =
                place("partition", "'partition.table == \"hot\" && node.labels[\"disk\"] != \"ssd\" ? 3.0 : 0.0'");

        assertThat(mine(placement).before()).isEqualTo(6);
        assertThat(mine(placement).after()).isZero();
        assertThat(placement.nodeOf()).containsEntry(new PartitionId(1), new NodeId("n1"));
        assertThat(placement.nodeOf()).containsEntry(new PartitionId(3), new NodeId("n1"));
    }

    @Test
    void aPriceOfNodesCountsForThoseInUse() {
        Placement placement = place("node", "'node.id == \"n0\" ? 5.0 : 0.5'");

        assertThat(mine(placement).before()).isEqualTo(5);
        assertThat(mine(placement).after()).isLessThan(1.1);
    }

    @Test
    void aPriceOfMovesIsSpreadOverTheHorizonAndHomeIsFree() {
        Placement placement = place("move", "'from.zone == node.zone ? 0.0 : 400.0'");

        assertThat(mine(placement).before()).isZero();
        assertThat(placement.nodeOf().values()).doesNotContain(new NodeId("n2"));
    }

    @Test
    void aPriceOfUtilisationIsACurve() {
        Placement placement = place("load", "'resource == \"io_ops\" && utilisation > 0.2 ? utilisation - 0.2 : 0.0'");

        assertThat(mine(placement).before()).isCloseTo(0.2, within(1e-9));
        assertThat(mine(placement).after()).isLessThan(mine(placement).before());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "node | 'node.zon == \"a\" ? 1.0 : 0.0' | foreshard.yaml:6:22): there is no 'node.zon'",
                "node | node.id | (foreshard.yaml:6:21): it gives a string: expected a number",
                "node | 'node.io_ops * 2' | (foreshard.yaml:6:34): found no matching overload",
                "node | 'node.io_ops * 2' | write numbers that are used with others as 2.0",
                "node | '1.0 +' | foreshard.yaml:6:2",
                "node | 'partition.bytes' | with per: node there are node.id, node.zone",
                "node | 'java.lang.Runtime.getRuntime()' | there is no 'java.lang.Runtime.getRuntime'",
                "shelf | '1.0' | placement.cost.terms[0].per is 'shelf' (foreshard.yaml:5): expected one of node, partition, move, load",
            })
    void anExpressionThatDoesNotTypeCheckIsRefusedWithTheErrorsPlace(String per, String expression, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(per, expression))
                .withMessageContaining(message)
                .satisfies(refused -> assertThat(refused.getMessage()).hasLineCount(1));
    }

    @Test
    void anErrorInABlockOfLinesHasItsLine() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> readYaml("""
                                cost:
                                  terms:
                                    - name: mine
                                      per: node
                                      expression: |
                                        node.zone == "a" ?
                                          1.0 : node.oops
                                """))
                .withMessageContaining("foreshard.yaml:8:");
    }

    @Test
    void anExpressionThatFailsOrIsNoNumberIsRefusedWithItsInputs() {
        assertThatExceptionOfType(CostTermException.class)
                .isThrownBy(() -> place("node", "'node.labels[\"rack\"] == \"1\" ? 1.0 : 0.0'"))
                .withMessageContaining("cost term mine")
                .withMessageContaining("node.labels={disk=");
        assertThatExceptionOfType(CostTermException.class)
                .isThrownBy(() -> place("partition", "'1.0 / (partition.bytes - 1000000.0)'"))
                .withMessageContaining("it is Infinity for {partition.bytes=1000000.0}");
    }

    @Test
    void evaluationEndsWhenItsTimeIsOver() {
        AtomicLong seconds = new AtomicLong();
        InstantSource clock = () -> Instant.ofEpochSecond(seconds.getAndIncrement());
        List<OwnTerm> terms = OwnTerms.of(
                read("load", "'utilisation * double(size(node.id))'"), List.of(), Duration.ofSeconds(3), clock);

        assertThatExceptionOfType(CostTermException.class)
                .isThrownBy(
                        () -> PlacementSearch.seeded(1).with(terms).search(problem(), SearchBudget.evaluations(100)))
                .withMessageContaining("placement.cost.timeout")
                .withMessageContaining("3000 ms");
    }

    @Test
    void aLoopIsCutOff() {
        String nested = "'[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c,"
                + " [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, a + b + c + d + e > 0)))))"
                + " ? 1.0 : node.io_ops'";

        assertThatExceptionOfType(CostTermException.class)
                .isThrownBy(() -> place("node", nested))
                .withMessageContaining("cost term mine");
    }

    @Test
    void namesAndWeightsThatCannotBeUsedAreRefused() {
        for (String[] bad : new String[][] {
            {"{name: overload, expression: 1.0, per: node}", "a name that no other cost term has"},
            {"{name: Mine, expression: 1.0, per: node}", "lower-case letters"},
            {"{name: mine, weight: -1, expression: 1.0, per: node}", "terms[0].weight is '-1'"},
            {"{name: mine, wieght: 1, expression: 1.0, per: node}", "wieght"},
            {"{name: mine, expression: 1.0}", "per is missing"}
        }) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> readYaml("cost: {terms: [" + bad[0] + "]}"))
                    .withMessageContaining(bad[1]);
        }
    }

    @Test
    void aTermThatNobodyProvidesIsRefused() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> OwnTerms.of(
                        readYaml("cost: {terms: [{name: blast}]}"),
                        List.of(),
                        Duration.ofSeconds(1),
                        InstantSource.fixed(Instant.EPOCH)))
                .withMessageContaining("cost term blast (foreshard.yaml:2) has no expression")
                .withMessageContaining("--class-path");
    }
}
