package io.foreshard.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foreshard.control.InputException;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.HorizonLoad;
import io.foreshard.core.placement.PlacedPartition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SnapshotReaderTest {
    static final String SMALL = """
            {
              "format": "foreshard-snapshot",
              "version": 1,
              "taken_at": "2026-03-11T05:00:00Z",
              "horizon": {"start": "2026-03-11T06:00:00Z", "window": "1h", "windows": 2},
              "shapes": {"day": [1, 0.5]},
              "nodes": [
                {"id": "n1", "zone": "a", "labels": {"disk": "ssd"}, "capacity": {"io_ops": 100, "disk": 1000}},
                {"id": "n2", "zone": "b", "capacity": {"io_ops": 200}, "state": "draining"},
                {"id": "n3", "zone": "b", "capacity": {"io_ops": 200}}
              ],
              "partitions": [
                {"id": "p1", "table": "t", "end": "m", "node": "n1", "bytes": 10,
                 "load": {"io_ops": {"shape": "day", "p50": 40, "p90": 60}}, "last_moved": "2026-03-11T03:30:00Z"},
                {"id": "p2", "table": "t", "start": "m", "node": "n1", "bytes": 20,
                 "load": {"io_ops": [5, 6]}, "parents": ["gone", "p1"], "pins": ["n1", "n3"], "immovable": true},
                {"id": "q", "node": "n2", "bytes": 30, "warm_up_hours": 0.2}
              ],
              "pending": [{"partition": "q", "target": "n3"}],
              "co_access": [{"a": "p1", "b": "q", "bytes_per_second": 1000}],
              "clients": [{"zone": "a", "partition": "q", "bytes_per_second": 500}],
              "zone_distances": [{"from": "a", "to": "b", "distance": 0.5}],
              "rules": {
                "nodes": [{"name": "fast", "tables": ["t"], "labels": {"disk": "ssd"}}],
                "spread": [{"name": "wide", "partitions": ["p1", "q"], "zones_min": 2}],
                "apart": [{"name": "apart", "partitions": ["p1", "q"], "by": "zone"}],
                "table_limits": [{"table": "t", "partitions_per_node": 5}]
              }
            }
            """;

    static Snapshot read(String json) {
        try {
            return SnapshotReader.read("small.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyFieldOfTheFormatIsUnderstood() {
        Snapshot snapshot = read(SMALL);

        PlacedPartition first = snapshot.partitions().get(0);
        assertThat(first.moved().hoursAgo()).isEqualTo(1.5);
        assertThat(snapshot.partitions().get(1).kin()).isEqualTo(new NodeId("n1"));
        PlacedPartition pending = snapshot.partitions().get(2);
        assertThat(pending.node()).isEqualTo(new NodeId("n3"));
        assertThat(pending.leaving()).isEqualTo(new NodeId("n2"));
        assertThat(pending.moved().warmUpHours()).isEqualTo(0.2);
        assertThat(snapshot.resources()).containsExactly(Resource.IO_OPS, Resource.DISK);
        assertThat(snapshot.rules().draining()).containsExactly(new NodeId("n2"));
        assertThat(snapshot.rules().immovable()).containsExactly(new PartitionId(2));
        assertThat(snapshot.rules().pinned().get(new PartitionId(2)))
                .isEqualTo(Set.of(new NodeId("n1"), new NodeId("n3")));
        assertThat(snapshot.rules().nodeRules().get(0).nodes()).containsExactly(new NodeId("n1"));
        assertThat(snapshot.rules().apart().get(0).zones()).isTrue();
        assertThat(snapshot.locality().distance("b", "a")).isEqualTo(0.5);
    }

    @Test
    void aHigherQuantilePlansForMoreAndTheMedianForTheMedian() {
        Snapshot snapshot = read(SMALL);

        HorizonLoad median = load(snapshot, 0.5);
        HorizonLoad high = load(snapshot, 0.9);
        HorizonLoad higher = load(snapshot, 0.99);

        assertThat(median.amount(0, 0, 0)).isEqualTo(40);
        assertThat(median.amount(0, 0, 1)).isEqualTo(20);
        assertThat(median.amount(1, 0, 1)).isEqualTo(6);
        assertThat(median.amount(2, 1, 0)).isEqualTo(30);
        // One partition per node: all of its excess counts.
        assertThat(high.amount(0, 0, 0)).isEqualTo(60);
        assertThat(higher.amount(0, 0, 0)).isBetween(75.0, 77.0);
    }

    private static HorizonLoad load(Snapshot snapshot, double quantile) {
        Map<Resource, Double> quantiles = new EnumMap<>(Resource.class);
        quantiles.put(Resource.IO_OPS, quantile);
        return snapshot.loads().at(quantiles, 1, snapshot.horizon());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\": 1 | \"version\": 0 | small.json:3: version is 0: expected 1: this is an older format",
                "\"version\": 1 | \"version\": 7 | small.json:3: version is 7: expected 1: a newer Foreshard",
                "\"version\": 1, |  | the snapshot has no \"version\"",
                "foreshard-snapshot | something | small.json:2: format is \"something\"",
                "\"io_ops\": 100, | \"io_ops\": 0, | small.json:8: nodes[0].capacity.io_ops is 0: expected a number above 0",
                "\"io_ops\": 100, | \"io_ops\": -5, | nodes[0].capacity.io_ops is -5",
                "\"io_ops\": 100, | \"iops\": 100, | nodes[0].capacity.iops is no resource: expected one of cpu (ms/s)",
                "\"id\": \"n2\", | \"id\": \"n1\", | nodes[1].id is \"n1\": expected an id that no other node has",
                "\"id\": \"p2\", | \"id\": \"p1\", | partitions[1].id is \"p1\"",
                "\"node\": \"n1\", \"bytes\": 10 | \"node\": \"n9\", \"bytes\": 10 | partitions[0].node is \"n9\": expected the id of one of the 3 nodes, such as n1",
                "\"bytes\": 10 | \"bytes\": -10 | partitions[0].bytes is -10: expected a number from 0",
                "\"start\": \"m\" | \"start\": \"n\" | starts at \"n\", but p1 ends at \"m\": the keys between are on no partition",
                "\"start\": \"m\" | \"start\": \"k\" | starts at \"k\", inside of p1: the two overlap",
                "\"end\": \"m\" | \"start\": \"m\", \"end\": \"a\" | holds no key",
                "\"p90\": 60 | \"p90\": 30 | has a p90 of 30.0 below its p50 of 40.0 in window 0",
                "[5, 6] | [5] | small.json:16: partitions[1].load.io_ops has 1 numbers: expected 2",
                "[5, 6] | [5, -6] | partitions[1].load.io_ops[1] is -6",
                "[5, 6] | [5, 1e999] | is 1e999: expected a finite number",
                "\"shape\": \"day\" | \"shape\": \"night\" | is \"night\": expected the name of one of the shapes",
                "\"windows\": 2 | \"windows\": 0 | horizon.windows is 0: expected a number from 1",
                "\"window\": \"1h\" | \"window\": \"soon\" | horizon.window is \"soon\"",
                "\"target\": \"n3\" | \"target\": \"n7\" | pending[0].target is \"n7\"",
                "\"partition\": \"q\", \"target\" | \"partition\": \"z\", \"target\" | pending[0].partition is \"z\"",
                "\"b\": \"q\" | \"b\": \"z\" | co_access[0].b is \"z\": expected the id of one of the 3 partitions",
                "\"disk\": \"ssd\"}} | \"disk\": \"tape\"}} | rules.nodes[0] allows none of the 3 nodes",
                "\"zones_min\": 2 | \"zones_min\": 1.5 | rules.spread[0].zones_min is 1.5: expected a whole number",
                "\"by\": \"zone\" | \"by\": \"rack\" | rules.apart[0].by is \"rack\": expected node or zone",
                "\"state\": \"draining\" | \"state\": \"tired\" | nodes[1].state is \"tired\": expected up, down",
                "\"table\": \"t\", \"partitions_per_node\" | \"table\": \"x\", \"partitions_per_node\" | rules.table_limits[0].table is \"x\"",
                "\"immovable\": true | \"imovable\": true | partitions[1].imovable is not a field of a snapshot",
                "2026-03-11T05:00:00Z | yesterday | taken_at is \"yesterday\": expected a time with its offset",
                "\"immovable\": true | \"immovable\": null | leave the field out instead",
                "\"clients\": [ | \"clients\": [[ | small.json",
            })
    void whatIsWrongIsSaidWithFileLinePathValueAndWhatWasExpected(String right, String wrong, String message) {
        String json = SMALL.replace(right.strip(), wrong == null ? "" : wrong.strip());
        assertThat(json).isNotEqualTo(SMALL);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining(message)
                .withMessageStartingWith("small.json:");
    }

    @Test
    void aSnapshotMayBeCompressed(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("small.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(SMALL.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(SnapshotReader.read(file).partitions()).hasSize(3);
    }

    @Test
    void aFileThatIsNotThereOrIsNotJsonIsNamed(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("x.json.gz");
        Files.writeString(file, "{}");

        for (Path bad : List.of(directory.resolve("none.json"), file)) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> SnapshotReader.read(bad))
                    .withMessageContaining(bad.getFileName().toString());
        }
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read("{\"format\": \"foreshard-snapshot\",\n oops}"))
                .withMessageContaining("small.json:2:");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(""))
                .withMessageContaining("is empty");
    }
}
