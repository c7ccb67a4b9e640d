package io.foreshard.control.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshard.control.InputException;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rate tables and series files, read into loads. */
final class RateTableTest {
    @TempDir
    Path directory;

    private HistorySource file(String content) throws IOException {
        return HistorySource.of(
                Files.writeString(directory.resolve("rates.csv"), content).toString());
    }

    private static LoadHistory read(HistorySource source) {
        return new HistoryReader(HistoryProgress.NONE).read(source);
    }

    @Test
    void aRateTimesItsWindowIsCounted() throws IOException {
        LoadHistory history =
                read(file("bucket_ms,segment,disk_read_kbps,disk_write_kbps\n0,a,10,2.5\n600000,a,20,0\n"));

        SegmentLoad load = history.loads().get(0);
        assertThat(history.unit()).isEqualTo("disk_kbps");
        assertThat(load.windowMillis()).isEqualTo(600_000);
        assertThat(load.operations(0, OpKind.GET)).isEqualTo(6000);
        assertThat(load.operations(0, OpKind.PUT)).isEqualTo(1500);
        assertThat(load.operationsPerSecond(1)).isEqualTo(20);
    }

    @Test
    void severalMeasuresAreSegmentsOfTheirOwn() throws IOException {
        LoadHistory history = read(file("bucket_ms,segment,disk_kbps,net_kbps\n0,a,1000,2000\n60000,a,1000,2000\n"));

        assertThat(history.loads())
                .extracting(load -> load.segment().toString())
                .containsExactly("segment=a;measure=disk_kbps", "segment=a;measure=net_kbps");
    }

    @Test
    void countsStayCountsAndTheirTotalIsLeftOut() throws IOException {
        LoadHistory history =
                read(file("bucket_ms,segment,requests,reads,writes,bytes\n0,a,5,3,2,100\n60000,a,1,0,1,7\n"));

        SegmentLoad load = history.loads().get(0);
        assertThat(history.unit()).isEqualTo("operations");
        assertThat(load.operations(0)).isEqualTo(5);
        assertThat(load.operations(0, OpKind.GET)).isEqualTo(3);
        assertThat(load.bytes(0)).isEqualTo(100);
        assertThat(history.report().notes()).anyMatch(note -> note.contains("requests is the sum"));
    }

    @Test
    void aMissingStepIsAGapAndBadValuesAreToo() throws IOException {
        LoadHistory history = read(file("""
                series_id,timestamp,value
                a,2024-01-01T00:00:00Z,5000
                a,2024-01-01T00:05:00Z,nan
                a,2024-01-01T00:10:00Z,-1
                a,2024-01-01T00:15:00Z,1e400
                a,2024-01-01T00:20:00Z,oops
                a,2024-01-01T00:30:00Z,6000
                a,bad,1
                """));

        SegmentLoad load = history.loads().get(0);
        assertThat(load.windows()).isEqualTo(7);
        assertThat(load.operationsPerSecond(0)).isEqualTo(5000);
        for (int w : new int[] {1, 2, 3, 4, 5}) {
            assertThat(load.completeness(w)).isZero();
        }
        assertThat(load.operationsPerSecond(6)).isEqualTo(6000);
        assertThat(history.issues())
                .extracting(HistoryIssue::describe)
                .containsExactly(
                        "1 row with a bad time: 'bad'",
                        "2 rows with a value that is no number: 'nan'",
                        "1 row with an infinite value: '1e400'",
                        "1 row with a negative value: '-1'");
    }

    @Test
    void smallValuesAreScaledUpAndTheReportSaysByHowMuch() throws IOException {
        LoadHistory history = read(file("series_id,timestamp,value\na,2024-01-01,0.0125\na,2024-01-02,0.0375\n"));

        SegmentLoad load = history.loads().get(0);
        double unit = history.report().unitsPerOperation();
        assertThat(load.operationsPerSecond(0) * unit).isCloseTo(0.0125, within(1e-6));
        assertThat(load.operationsPerSecond(1) * unit).isCloseTo(0.0375, within(1e-6));
    }

    @Test
    void everySeriesKeepsItsOwnStep() throws IOException {
        StringBuilder text = new StringBuilder("series_id,timestamp,value\n");
        for (int i = 0; i < 30; i++) {
            text.append("fast,").append(1_700_000_000L + i * 60L).append(",9\n");
            text.append("slow,").append(1_700_000_000L + i * 86_400L).append(",9\n");
        }
        LoadHistory history = read(file(text.toString()));

        assertThat(history.loads()).extracting(SegmentLoad::windowMillis).containsExactly(60_000L, 86_400_000L);
        assertThat(history.loads()).allMatch(load -> load.windows() == 30);
    }

    @Test
    void unevenTimesAreLaidOnTheNearestStep() throws IOException {
        LoadHistory history = read(file("hour,segment,reads\n0.496,a,5\n1.0,a,6\n1.491,a,7\n2.004,a,8\n"));

        SegmentLoad load = history.loads().get(0);
        assertThat(load.windowMillis()).isEqualTo(1_800_000);
        assertThat(load.windows()).isEqualTo(4);
        assertThat(load.operations(1)).isEqualTo(6);
    }

    @Test
    void anUnsortedTableWithTheSameTimeTwiceSaysSo() throws IOException {
        LoadHistory history = read(file("bucket_ms,segment,requests\n120000,a,9\n0,a,4\n60000,a,2\n60000,a,4\n"));

        SegmentLoad load = history.loads().get(0);
        assertThat(load.operations(1)).isEqualTo(3);
        assertThat(history.issues()).hasSize(1);
        assertThat(history.issues().get(0).describe())
                .contains("1 row with the time of another row of the same series");
    }

    @Test
    void seriesSideBySideAreSeries() throws IOException {
        LoadHistory history =
                read(file("timestamp,alpha,beta\n2024-01-01T00:00:00Z,1000,\n2024-01-01T01:00:00Z,2000,3000\n"));

        assertThat(history.loads())
                .extracting(load -> load.segment() + " " + load.windows())
                .containsExactly("series=alpha 2", "series=beta 1");
    }

    @Test
    void widerWindowsAddUpAndFinerOnesAreRefused() throws IOException {
        HistorySource table = file("bucket_ms,segment,requests\n0,a,1\n60000,a,2\n180000,a,8\n");

        SegmentLoad load = read(table.windows(Duration.ofMinutes(2))).loads().get(0);

        assertThat(load.operations(0)).isEqualTo(3);
        assertThat(load.operations(1)).isEqualTo(8);
        assertThat(load.completeness(1)).isEqualTo(0.5);
        assertThatThrownBy(() -> read(table.windows(Duration.ofSeconds(10))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("finer than the table");
    }

    @Test
    void aTableThatNeverSaysZeroLeavesZerosOut() throws IOException {
        StringBuilder text = new StringBuilder("bucket_ms,segment,reads\n");
        for (int i = 0; i < 40; i++) {
            if (i % 3 != 1) {
                text.append(i * 60_000L).append(",busy,4\n");
            }
        }
        text.append("600000,rare,1\n");
        HistorySource table = file(text.toString());

        List<SegmentLoad> loads = read(table).loads();
        assertThat(loads.get(0).completeness(1)).isEqualTo(1);
        assertThat(loads.get(1).windows()).as("until the end of the table").isEqualTo(30);
        assertThat(read(table.absent(Absence.GAP)).loads().get(0).completeness(1))
                .isZero();
    }

    @Test
    void severalSeriesOfOneSegmentAddUp() throws IOException {
        LoadHistory history =
                read(file("bucket_ms,tenant,host,requests\n0,a,h1,1\n0,a,h2,2\n60000,a,h1,4\n60000,a,h2,8\n")
                        .segmented(Segmenting.by("tenant")));

        assertThat(history.loads()).hasSize(1);
        assertThat(history.loads().get(0).operations(0)).isEqualTo(3);
        assertThat(history.loads().get(0).operations(1)).isEqualTo(12);
        assertThat(history.loads().get(0).completeness(1)).isEqualTo(1);
    }

    @Test
    void aTableWithoutTimeOrNumbersIsNoTable() throws IOException {
        assertThatThrownBy(() -> read(file("a,b\n1,2\n")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no column for the time");
        assertThatThrownBy(() -> read(file("timestamp,name\n2024-01-01,x\n")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no numeric column");
    }
}
