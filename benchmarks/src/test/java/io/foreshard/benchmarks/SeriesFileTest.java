package io.foreshard.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeriesFileTest {
    @TempDir
    private Path folder;

    @Test
    void aSeriesIsAveragedPerStepAndItsGapsStayGaps() throws IOException {
        Map<String, TimedSeries> series = SeriesFile.read(file("""
                series_id,timestamp,value
                a,2000-01-03T00:00:00Z,2
                a,2000-01-03T00:30:00Z,4
                a,2000-01-03T02:00:00Z,7
                """));

        assertThat(Objects.requireNonNull(series.get("a")).meansPer(3_600_000, Double.NaN))
                .containsExactly(3, Double.NaN, 7);
        assertThat(Objects.requireNonNull(series.get("a")).meansPer(3_600_000, 0))
                .containsExactly(3, 0, 7);
    }

    @Test
    void everyColumnOfARateTableIsASeries() throws IOException {
        Map<String, TimedSeries> series = SeriesFile.read(file("bucket_ms,segment,reads,writes\n0,t1,5,6\n"));

        assertThat(series.keySet()).containsExactly("t1/reads", "t1/writes");
    }

    @Test
    void aBrokenRowIsNamedByItsLine() throws IOException {
        Path broken = file("series_id,timestamp,value\na,2000-01-03T00:00:00Z,many\n");

        assertThatThrownBy(() -> SeriesFile.read(broken))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("line 2");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("series.csv"), text);
    }
}
