package io.foreshard.engine.embedded;

import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * The process that {@link CrashIT} kills: it checks what the last one left, then writes and moves until it dies.
 *
 * <p>Every key has one writer and a sequence number; a sequence that divides by {@link #DELETE_EVERY} is a delete. What
 * was acknowledged is appended to a file outside the store. After a crash a key may show its last acknowledged write or
 * the one after it, which was under way, and nothing else.
 */
final class CrashChild {
    static final int KEYS = 3_000;
    static final String FAILED = "FAILED";
    static final String RUNNING = "RUNNING";
    static final String REACHED = "REACHED";

    private static final int WRITERS = 3;
    private static final int PARTITIONS = 12;
    private static final int NODES = 4;
    private static final int DELETE_EVERY = 7;
    private static final int ACK_BYTES = Integer.BYTES + Long.BYTES;

    private final EmbeddedEngine engine;
    private final FileChannel acks;
    private final long[] acknowledged;
    private final SplittableRandom random;

    private CrashChild(EmbeddedEngine engine, FileChannel acks, long[] acknowledged, long seed) {
        this.engine = engine;
        this.acks = acks;
        this.acknowledged = acknowledged;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Runs until it is killed; with the least integer as the last argument it only checks.
     *
     * @param args store directory, file of acknowledgements, seed, the point at which to stand still or -1
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path ackFile = Path.of(args[1]);
        long seed = Long.parseLong(args[2]);
        int standAt = Integer.parseInt(args[3]);
        long[] acknowledged = readAcks(ackFile);
        int[] passed = {0};
        MoveProbe probe = point -> {
            if (passed[0]++ == standAt) {
                say(REACHED + " " + point);
                standStill();
            }
        };
        EmbeddedEngine engine =
                EmbeddedEngine.open(options(Path.of(args[0])), StoreClock.wall(), new Mover.Faults(probe, null, 8));
        try (FileChannel acks = FileChannel.open(ackFile, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            CrashChild child = new CrashChild(engine, acks, acknowledged, seed);
            child.verify();
            if (standAt != Integer.MIN_VALUE) {
                child.writeAndMove();
            }
        }
    }

    private static EmbeddedOptions options(Path directory) {
        String[] borders = new String[PARTITIONS - 1];
        for (int i = 0; i < borders.length; i++) {
            borders[i] = key((i + 1) * KEYS / PARTITIONS).text();
        }
        return Stores.options(directory, NODES, borders);
    }

    private static Key key(int index) {
        return Key.utf8(String.format("k%06d", index));
    }

    private static long[] readAcks(Path file) throws IOException {
        long[] sequences = new long[KEYS];
        if (Files.exists(file)) {
            ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
            while (all.remaining() >= ACK_BYTES) {
                int index = all.getInt();
                sequences[index] = Math.max(sequences[index], all.getLong());
            }
        }
        return sequences;
    }

    /** Compares every record with what was acknowledged, and takes what is found as acknowledged from now on. */
    private void verify() throws IOException {
        StoreClient client = engine.client();
        int records = 0;
        for (int i = 0; i < KEYS; i++) {
            long last = acknowledged[i];
            OpResult result = client.get(key(i));
            if (!result.status().isDone()) {
                fail("key " + i + " cannot be read: " + result);
            }
            records += result.value().isPresent() ? 1 : 0;
            long found = result.value().map(v -> ByteBuffer.wrap(v).getLong()).orElse(0L);
            boolean showsLast = found == (isDelete(last) ? 0 : last);
            boolean showsNext = found == (isDelete(last + 1) ? 0 : last + 1);
            if (!showsLast && !showsNext) {
                fail("key " + i + " was acknowledged up to " + last + ", the store shows " + found);
            }
            if (!showsLast) {
                acknowledge(i, last + 1);
            }
        }
        long strays = engine.strayRecords();
        if (strays != 0) {
            fail(strays + " records lie where they are not served");
        }
        int scanned = client.scan(KeyRange.ALL, 2 * KEYS).records().size();
        if (scanned != records) {
            fail("a scan finds " + scanned + " records, reading every key finds " + records);
        }
        say("VERIFIED " + records + " records, forgotten "
                + engine.recovery().forgottenSteps() + ", deleted "
                + engine.recovery().deletedRanges() + ", epoch " + engine.map().epoch());
    }

    private static boolean isDelete(long sequence) {
        return sequence % DELETE_EVERY == 0;
    }

    private void writeAndMove() {
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            SplittableRandom own = random.split();
            Thread thread = new Thread(() -> write(writer, own), "writer-" + w);
            thread.start();
            writers.add(thread);
        }
        say(RUNNING);
        long moves = 0;
        for (int index = 0; writers.stream().allMatch(Thread::isAlive); index++) {
            moves += moveOne(index) ? 1 : 0;
            if (moves % 10 == 1) {
                say("MOVES " + moves);
            }
        }
        fail("a writer ended");
    }

    private void write(int writer, SplittableRandom own) {
        StoreClient client = engine.client();
        try {
            while (true) {
                int i = own.nextInt(KEYS / WRITERS) * WRITERS + writer;
                long sequence = acknowledged[i] + 1;
                byte[] value = new byte[Long.BYTES + own.nextInt(400)];
                Arrays.fill(value, (byte) sequence);
                ByteBuffer.wrap(value).putLong(sequence);
                OpResult result =
                        isDelete(sequence) ? client.delete(key(i), List.of()) : client.put(key(i), List.of(), value);
                if (result.status() != OpStatus.OK) {
                    fail("a write ended as " + result);
                }
                acknowledge(i, sequence);
            }
        } catch (IOException e) {
            fail("acknowledgement not written: " + e);
        }
    }

    private void acknowledge(int index, long sequence) throws IOException {
        acknowledged[index] = sequence;
        ByteBuffer ack =
                ByteBuffer.allocate(ACK_BYTES).putInt(index).putLong(sequence).flip();
        acks.write(ack);
    }

    /** Moves a partition, or gives the move up half-way. */
    private boolean moveOne(int index) {
        List<Partition> partitions = engine.map().partitions();
        Partition partition = partitions.get(random.nextInt(partitions.size()));
        NodeId target = new NodeId("n" + (1 + random.nextInt(NODES)));
        if (target.equals(partition.node())) {
            return false;
        }
        double rate = 200_000 * Math.pow(20, random.nextDouble());
        StepCommand command = Stores.move(partition, target, random.nextInt(), rate);
        boolean givesUp = random.nextInt(8) == 0;
        StepOutcome outcome = engine.apply(command);
        while (outcome instanceof StepOutcome.InProgress) {
            StoreClock.wall().pause(3_000_000);
            outcome = givesUp && random.nextInt(20) == 0 ? engine.abandon(command) : engine.apply(command);
        }
        if (!(outcome instanceof StepOutcome.Applied)) {
            fail("move " + index + " ended as " + outcome);
        }
        return true;
    }

    private static void standStill() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fail(String what) {
        say(FAILED + " " + what);
        Runtime.getRuntime().halt(3);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
