package io.foreshard.engine.embedded;

import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.KeyRange;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Partition;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.plan.StepId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bytes of catalog entries, format version 1: big-endian numbers, keys and names with a length before them. */
final class CatalogCodec {
    private CatalogCodec() {}

    /** Writes the fields of one entry. */
    private interface Fields {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** Reads the fields of one entry. */
    private interface Reader<T> {
        T from(DataInputStream in) throws IOException;
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static long number(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong();
    }

    static String text(StepId step) {
        return step.planHash() + "/" + step.index();
    }

    static StepId stepId(String text) {
        int slash = text.lastIndexOf('/');
        return new StepId(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }

    static byte[] partition(Partition partition) {
        return write(out -> {
            out.writeLong(partition.id().value());
            writeRange(out, partition.range());
            out.writeUTF(partition.node().name());
            out.writeLong(partition.epoch());
            out.writeInt(partition.parents().size());
            for (PartitionId parent : partition.parents()) {
                out.writeLong(parent.value());
            }
        });
    }

    static Partition partition(byte[] stored) {
        return read(stored, in -> {
            PartitionId id = new PartitionId(in.readLong());
            KeyRange range = readRange(in);
            NodeId node = new NodeId(in.readUTF());
            long epoch = in.readLong();
            List<PartitionId> parents = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                parents.add(new PartitionId(in.readLong()));
            }
            return new Partition(id, range, node, epoch, parents);
        });
    }

    static byte[] heldRange(Catalog.HeldRange held) {
        return write(out -> {
            out.writeUTF(held.node().name());
            writeRange(out, held.range());
        });
    }

    static Catalog.HeldRange heldRange(byte[] stored) {
        return read(stored, in -> new Catalog.HeldRange(new NodeId(in.readUTF()), readRange(in)));
    }

    static byte[] finished(long sequence, StepOutcome.Applied outcome) {
        return write(out -> {
            out.writeLong(sequence);
            out.writeLong(outcome.copiedBytes());
            out.writeDouble(outcome.pauseMillis());
        });
    }

    static long sequence(byte[] stored) {
        return number(stored);
    }

    static StepOutcome.Applied applied(byte[] stored) {
        return read(stored, in -> {
            in.skipNBytes(Long.BYTES);
            return new StepOutcome.Applied(in.readLong(), in.readDouble());
        });
    }

    private static void writeRange(DataOutputStream out, KeyRange range) throws IOException {
        writeKey(out, range.start());
        out.writeBoolean(range.end().isPresent());
        if (range.end().isPresent()) {
            writeKey(out, range.end().get());
        }
    }

    private static KeyRange readRange(DataInputStream in) throws IOException {
        Key start = readKey(in);
        return in.readBoolean() ? KeyRange.of(start, readKey(in)) : KeyRange.from(start);
    }

    private static void writeKey(DataOutputStream out, Key key) throws IOException {
        out.writeInt(key.length());
        out.write(key.toBytes());
    }

    private static Key readKey(DataInputStream in) throws IOException {
        return Key.of(in.readNBytes(in.readInt()));
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            fields.writeTo(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] stored, Reader<T> reader) {
        try {
            return reader.from(new DataInputStream(new ByteArrayInputStream(stored)));
        } catch (IOException e) {
            throw new UncheckedIOException("a catalog entry of " + stored.length + " bytes ends too early", e);
        }
    }
}
