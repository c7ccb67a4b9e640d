package io.foreshard.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients on the wall clock, while partitions move and while nodes are full. */
final class ConcurrencyIT {
    private static final int KEYS = 2_000;
    private static final int WRITERS = 2;
    private static final int MOVES = 40;

    @TempDir
    private Path directory;

    @Test
    void everyReadSeesTheLastAcknowledgedWriteWhileMovesRun() throws Exception {
        String[] borders = {"k0500", "k1000", "k1500"};
        AtomicLongArray acknowledged = new AtomicLongArray(KEYS);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Double> pauses = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        try (EmbeddedEngine engine = EmbeddedEngine.open(Stores.options(directory, 3, borders), StoreClock.wall())) {
            StoreClient client = engine.client();
            List<Future<?>> running = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                running.add(threads.submit(() -> write(client, writer, acknowledged, stop, wrong)));
            }
            running.add(threads.submit(() -> {
                SplittableRandom random = new SplittableRandom(99);
                while (!stop.get()) {
                    check(client, random.nextInt(KEYS), acknowledged, wrong);
                    reads.incrementAndGet();
                }
            }));
            SplittableRandom random = new SplittableRandom(5);
            for (int move = 0; move < MOVES; move++) {
                pauses.add(move(engine, random, move));
            }
            stop.set(true);
            for (Future<?> future : running) {
                future.get();
            }
            assertThat(wrong).isEmpty();
            assertThat(reads.get()).isGreaterThan(1_000);
            assertThat(engine.map().epoch()).isEqualTo(1 + MOVES);
            assertThat(engine.strayRecords()).isZero();
            assertThat(client.staleRetries()).isPositive();
            for (int i = 0; i < KEYS; i++) {
                check(client, i, acknowledged, wrong);
            }
            assertThat(wrong).isEmpty();
            pauses.sort(null);
            System.out.printf(
                    "%d moves, %d reads, %d stale retries; writes held ms: p50 %.2f, p99 %.2f, max %.2f%n",
                    MOVES,
                    reads.get(),
                    client.staleRetries(),
                    pauses.get(MOVES / 2),
                    pauses.get(MOVES * 99 / 100),
                    pauses.get(MOVES - 1));
        } finally {
            stop.set(true);
            threads.shutdown();
        }
    }

    private static void write(
            StoreClient client, int writer, AtomicLongArray acknowledged, AtomicBoolean stop, Queue<String> wrong) {
        SplittableRandom random = new SplittableRandom(writer);
        while (!stop.get()) {
            int i = random.nextInt(KEYS / WRITERS) * WRITERS + writer;
            long sequence = acknowledged.get(i) + 1;
            byte[] value = ByteBuffer.allocate(200).putLong(sequence).array();
            OpResult result = random.nextInt(10) == 0
                    ? client.write(List.of(Mutation.put(key(i), List.of(), value)))
                    : client.put(key(i), List.of(), value);
            if (result.status() != OpStatus.OK) {
                wrong.add("write of " + key(i) + ": " + result);
            }
            acknowledged.set(i, sequence);
            check(client, i, acknowledged, wrong);
        }
    }

    /** A read shows at least what was acknowledged before it, and at most the one write that was then under way. */
    private static void check(StoreClient client, int i, AtomicLongArray acknowledged, Queue<String> wrong) {
        long before = acknowledged.get(i);
        OpResult result = client.get(key(i));
        long after = acknowledged.get(i) + 1;
        long seen = result.value().map(v -> ByteBuffer.wrap(v).getLong()).orElse(0L);
        if (!result.status().isDone() || seen < before || seen > after) {
            wrong.add(key(i) + " shows " + seen + ", expected " + before + ".." + after + ": " + result);
        }
    }

    private static double move(EmbeddedEngine engine, SplittableRandom random, int index) {
        List<Partition> partitions = engine.map().partitions();
        Partition partition = partitions.get(random.nextInt(partitions.size()));
        NodeId target = partition.node();
        while (target.equals(partition.node())) {
            target = new NodeId("n" + (1 + random.nextInt(3)));
        }
        StepCommand command = Stores.move(partition, target, index, 3_000_000);
        StepOutcome outcome = engine.apply(command);
        while (outcome instanceof StepOutcome.InProgress) {
            StoreClock.wall().pause(2_000_000);
            outcome = engine.apply(command);
        }
        assertThat(outcome).isInstanceOf(StepOutcome.Applied.class);
        return ((StepOutcome.Applied) outcome).pauseMillis();
    }

    private static Key key(int i) {
        return Key.utf8(String.format("k%04d", i));
    }

    @Test
    void aNodeOfTwoHundredOperationsPerSecondServesNoMore() throws Exception {
        EmbeddedOptions.Tuning tuning = EmbeddedOptions.Tuning.DEFAULTS.withBurstSeconds(0.1);
        EmbeddedOptions options = Stores.options(directory, List.of(NodeSpec.of("n1", 200)), tuning);
        int clients = 4;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (EmbeddedEngine engine = EmbeddedEngine.open(options, StoreClock.wall())) {
            StoreClient client = engine.client();
            StoreClock clock = StoreClock.wall();
            long end = clock.nanos() + 3_000_000_000L;
            AtomicLong done = new AtomicLong();
            List<Future<?>> running = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                int id = c;
                running.add(threads.submit(() -> {
                    while (clock.nanos() < end) {
                        OpResult result = client.put(key(id), List.of(), new byte[10]);
                        assertThat(result.status()).isEqualTo(OpStatus.OK);
                        done.incrementAndGet();
                    }
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
            assertThat(done.get() / 3.0).as("operations per second").isBetween(150.0, 215.0);
            System.out.printf("a node of 200 operations/s served %.0f/s%n", done.get() / 3.0);
        } finally {
            threads.shutdown();
        }
    }
}
