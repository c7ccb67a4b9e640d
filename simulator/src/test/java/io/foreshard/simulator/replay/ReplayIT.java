package io.foreshard.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshard.control.oplog.CsvOperationLog;
import io.foreshard.control.oplog.OperationSource;
import io.foreshard.core.workload.Segmenter;
import io.foreshard.simulator.demo.DemoWorkload;
import io.foreshard.simulator.receipt.MoveRecord;
import io.foreshard.simulator.receipt.PolicyReceipt;
import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.receipt.ReshapeRecord;
import io.foreshard.simulator.receipt.Verification;
import io.foreshard.simulator.replay.ReplayListener.Phase;
import io.foreshard.simulator.replay.ReplayListener.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole replays of small workloads on real RocksDB stores. */
final class ReplayIT {
    private static final List<String> ALL = List.of("static", "reactive", "foreshard");

    private static final Recorder FIRST = new Recorder();
    private static final Recorder SECOND = new Recorder();
    private static Receipt receipt;
    private static Receipt again;

    @TempDir
    private Path directory;

    /** Two replays of the same, shared by the tests that look at them. */
    @BeforeAll
    static void replayTwice(@TempDir Path stores) {
        receipt = replay(demo(), tight(), ALL, FIRST, stores.resolve("first"));
        again = replay(demo(), tight(), ALL, SECOND, stores.resolve("second"));
    }

    @Test
    void theSameSeedGivesTheSameReceiptAndTheSameMoves() {
        assertThat(again).isEqualTo(receipt);
        assertThat(SECOND.moves).isEqualTo(FIRST.moves).isNotEmpty();
    }

    @Test
    void movesUnderLoadLoseNothingAndEveryPolicyIsAskedTheSame() {
        assertThat(receipt.recordsLost()).isZero();
        assertThat(receipt.policies()).extracting(PolicyReceipt::policy).isEqualTo(ALL);
        long operations = receipt.policies().get(0).service().operations();
        for (PolicyReceipt policy : receipt.policies()) {
            assertThat(policy.service().operations()).isEqualTo(operations).isPositive();
            assertThat(policy.verification().recordsVerified()).isGreaterThan(10_000);
            assertThat(policy.balance().transactions()).isPositive();
        }
        PolicyReceipt reactive = receipt.policy("reactive").orElseThrow();
        assertThat(reactive.moving().moves())
                .isPositive()
                .isEqualTo(reactive.moves().size());
        assertThat(reactive.moving().movedBytes()).isPositive();
        assertThat(receipt.policy("static").orElseThrow().moves()).isEmpty();
    }

    @Test
    void nothingMovesAndNothingCountsBeforeTheWarmUpIsOver() {
        long measuredFrom = receipt.workload().measuredFromMillis();
        assertThat(measuredFrom)
                .isEqualTo(DemoWorkload.START_MILLIS + Duration.ofDays(1).toMillis());
        for (PolicyReceipt policy : receipt.policies()) {
            assertThat(policy.moves()).extracting(MoveRecord::startedMillis).allMatch(at -> at >= measuredFrom);
            assertThat(policy.overloaded().startMillis()).isEqualTo(measuredFrom);
            assertThat(policy.service().operations())
                    .isLessThan(receipt.workload().operations() * 2 / 3);
            assertThat(policy.moving().nodeHours()).isEqualTo(4 * 24);
        }
    }

    @Test
    void everyPhaseIsReportedAndTheStoresAreGoneAfterwards() throws IOException {
        Recorder recorder = new Recorder();
        replay(demo(), tight(), List.of("static"), recorder);
        assertThat(recorder.phases).containsExactlyInAnyOrder(Phase.values());
        assertThat(recorder.receipts).hasSize(1);
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aReplayThatIsStoppedEndsAtOnceAndLeavesNothingBehind() throws IOException {
        Recorder recorder = new Recorder();
        BooleanSupplier onceMeasured = () -> recorder.phases.contains(Phase.MEASURED);
        assertThatThrownBy(() -> new Replay(request(demo(), tight(), ALL), recorder, onceMeasured).run())
                .isInstanceOf(ReplayStoppedException.class)
                .hasMessageContaining("policy static");
        assertThat(recorder.receipts).isEmpty();
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void rowsThatAreNotOperationsAreSkippedAndCounted() throws IOException {
        Path log = directory.resolve("oplog.csv");
        Files.writeString(log, """
                timestamp_ms,op,key,tags,client,bytes,txn
                1710720000000,set,a,tenant=x,,100,
                1710720001000,explode,a,tenant=x,,100,
                1710720002000,get,b,tenant=x,,50,
                1710720003000,set,c,tenant=x,,-5,
                1710720001500,set,d,tenant=x,,10,
                1710720600000,delete,a,tenant=x,,0,
                """);
        ReplaySettings settings = ReplaySettings.ofNodes(2).withWarmUp(Duration.ofMinutes(5));
        Receipt skipping = replay(new CsvOperationLog(log, false), settings, List.of("static"), new Recorder());
        assertThat(skipping.workload().skippedRows()).isEqualTo(3);
        assertThat(skipping.workload().operations()).isEqualTo(3);
        assertThat(skipping.workload().preloadedRecords()).isEqualTo(1);
        Verification verification = skipping.policies().get(0).verification();
        assertThat(verification).isEqualTo(new Verification(2, 0, 0, 0, List.of()));
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingRuns() throws IOException {
        Path log = Files.writeString(directory.resolve("empty.csv"), "timestamp_ms,op,key,tags,client,bytes,txn\n");
        assertThatThrownBy(() -> replay(
                        new CsvOperationLog(log, false), ReplaySettings.ofNodes(2), List.of("static"), new Recorder()))
                .hasMessageContaining("nothing to replay");
        assertThatThrownBy(() -> request(demo(), tight(), List.of("magic"))).hasMessageContaining("'magic'");
        assertThatThrownBy(
                        () -> replay(demo(), tight().withWarmUp(Duration.ofDays(2)), List.of("static"), new Recorder()))
                .hasMessageContaining("warm-up");
        Files.createDirectories(directory.resolve("stores"));
        Files.writeString(directory.resolve("stores").resolve("precious"), "do not delete");
        assertThatThrownBy(() -> replay(demo(), tight(), List.of("static"), new Recorder()))
                .hasMessageContaining("not empty");
        assertThat(directory.resolve("stores").resolve("precious")).exists();
    }

    /** Two days are enough for moves when the cluster is small. */
    private static DemoWorkload demo() {
        return new DemoWorkload(5, 2);
    }

    private static ReplaySettings tight() {
        return ReplaySettings.demo()
                .withTargetUtilisation(1.2)
                .withWindow(Duration.ofMinutes(15))
                .withWarmUp(Duration.ofDays(1));
    }

    private Receipt replay(
            OperationSource source, ReplaySettings settings, List<String> policies, ReplayListener listener) {
        return replay(source, settings, policies, listener, directory.resolve("stores"));
    }

    private static Receipt replay(
            OperationSource source,
            ReplaySettings settings,
            List<String> policies,
            ReplayListener listener,
            Path stores) {
        return new Replay(request(source, settings, policies, stores), listener, () -> false).run();
    }

    private ReplayRequest request(OperationSource source, ReplaySettings settings, List<String> policies) {
        return request(source, settings, policies, directory.resolve("stores"));
    }

    private static ReplayRequest request(
            OperationSource source, ReplaySettings settings, List<String> policies, Path stores) {
        return new ReplayRequest(
                source, () -> new Segmenter(List.of("tenant"), List.of(), 1_000), settings, policies, stores);
    }

    private static final class Recorder implements ReplayListener {
        private final Set<Phase> phases = EnumSet.noneOf(Phase.class);
        private final List<MoveRecord> moves = new ArrayList<>();
        private final List<PolicyReceipt> receipts = new ArrayList<>();

        @Override
        public void progress(Progress progress) {
            phases.add(progress.phase());
            assertThat(progress.done()).isBetween(0.0, 1.0);
        }

        @Override
        public void moveEnded(String policy, MoveRecord move) {
            moves.add(move);
        }

        @Override
        public void reshaped(String policy, ReshapeRecord reshape) {}

        @Override
        public void policyEnded(PolicyReceipt receipt) {
            receipts.add(receipt);
        }
    }
}
