package io.foreshard.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ExampleSnapshotTest {
    static final Path FILE = Path.of("../examples/snapshots/cluster-40x2000.json");

    @Test
    void theExampleIsWhatItsGeneratorWrites() throws IOException {
        String json = ExampleCluster.json(1);
        if (System.getProperty("example.snapshot.write") != null) {
            Files.writeString(FILE, json);
        }

        assertThat(Files.readString(FILE)).isEqualTo(json);
        assertThat(Files.size(FILE)).isLessThan(1_500_000);
    }

    @Test
    void theExampleHasFortyNodesAndTwoThousandPartitions() {
        Snapshot snapshot = SnapshotReader.read(FILE);

        assertThat(snapshot.nodes()).hasSize(40);
        assertThat(snapshot.partitions()).hasSize(2_000);
    }
}
