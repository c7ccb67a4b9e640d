package io.foreshard.server.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.control.InputException;
import io.foreshard.core.forecast.capacity.OperationCosts;
import io.foreshard.core.forecast.capacity.ResourceCost;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.workload.OpKind;
import io.foreshard.server.config.ConfigurationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CostSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void costsAreConfiguredByKindAndByte() throws IOException {
        OperationCosts costs = read("costs:\n  cpu:\n    every: 0.2\n    scan: 3\n    byte: 0.0001\n");

        ResourceCost cpu = costs.of(Resource.CPU).orElseThrow();
        assertThat(cpu.perOperation(OpKind.GET)).isEqualTo(0.2);
        assertThat(cpu.perOperation(OpKind.SCAN)).isEqualTo(3);
        assertThat(cpu.perByte()).isEqualTo(0.0001);
        assertThat(cpu.explanation()).isEqualTo("as configured (f.yaml:2)");
        assertThat(costs.of(Resource.IO_OPS).orElseThrow().origin()).isEqualTo(ResourceCost.Origin.COUNTED);
        assertThat(costs.of(Resource.MEMORY)).isEmpty();
    }

    @Test
    void whatIsNotConfiguredIsLearnedFromMeasurementsBesideTheFile() throws IOException {
        StringBuilder csv = new StringBuilder("timestamp_ms,node,get,put,bytes,cpu\n");
        for (int i = 0; i < 100; i++) {
            int gets = 100 + i * 37 % 61;
            int puts = 50 + i * 53 % 47;
            csv.append(i * 60_000L + ",n1," + gets + "," + puts + ",0," + (20 + 0.2 * gets + 0.5 * puts) + "\n");
        }
        Files.writeString(directory.resolve("nodes.csv"), csv);
        OperationCosts costs = read("costs:\n  measurements: nodes.csv\n");

        ResourceCost cpu = costs.of(Resource.CPU).orElseThrow();
        assertThat(cpu.origin()).isEqualTo(ResourceCost.Origin.LEARNED);
        assertThat(cpu.perOperation(OpKind.GET)).isCloseTo(0.2, within(1e-6));
        assertThat(cpu.perOperation(OpKind.PUT)).isCloseTo(0.5, within(1e-6));
        assertThat(cpu.idlePerNode()).isCloseTo(20, within(1e-4));
    }

    @Test
    void whatCannotBeACostIsNamedWithItsPlace() throws IOException {
        refused("costs:\n  cpu:\n    get: -1\n", "costs.cpu.get is '-1' (f.yaml:3): expected a cost, zero or more");
        refused("costs:\n  cpu:\n    gets: 1\n", "costs.cpu.gets (f.yaml:3) is not a setting");
        refused("costs:\n  disk:\n    get: 1\n", "costs.disk (f.yaml:2) is not a setting");
        refused("costs:\n  measurements: none.csv\n", "cannot be read");
        Files.writeString(directory.resolve("bad.csv"), "timestamp_ms,node,get,cpu\n0,n1,5,much\n");
        refused("costs:\n  measurements: bad.csv\n", "bad.csv:2: cpu is 'much'");
        Files.writeString(directory.resolve("odd.csv"), "timestamp_ms,node,gets,cpu\n0,n1,5,1\n");
        refused("costs:\n  measurements: odd.csv\n", "has a column 'gets'");
        Files.writeString(directory.resolve("few.csv"), "timestamp_ms,node,get,cpu\n0,n1,5,1\n");
        refused("costs:\n  measurements: few.csv\n", "has 1 measurements: at least 30");
    }

    private void refused(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    private OperationCosts read(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("f.yaml"), yaml);
        return CostSettings.of(ConfigurationFile.read(file).section("costs"), directory);
    }
}
