package io.foreshard.engine.embedded;

import io.foreshard.core.keyspace.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one store: {@code FORMAT}, {@code lock}, {@code catalog/}, {@code nodes/NAME/}, {@code staging/}.
 *
 * <p>Holding an instance is holding the lock. A store whose creation was cut off is created again.
 */
final class DataDirectory implements AutoCloseable {
    static final String FORMAT = "foreshard-embedded 1";

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    static DataDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            requireOursOrEmpty(root);
            FileChannel channel = FileChannel.open(
                    root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String owner = Files.readString(root.resolve("lock")).strip();
                channel.close();
                throw new StoreException(
                        StoreException.Code.IN_USE,
                        "data directory " + root + " is in use by process " + owner
                                + ": stop that process, or use another directory");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            DataDirectory directory = new DataDirectory(root, channel, lock);
            directory.sweep();
            return directory;
        } catch (IOException e) {
            throw disk(root, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static void requireOursOrEmpty(Path root) throws IOException {
        Path format = root.resolve("FORMAT");
        if (Files.exists(format)) {
            String found = Files.readString(format).strip();
            if (!found.equals(FORMAT)) {
                throw new StoreException(
                        StoreException.Code.FORMAT,
                        "data directory " + root + " has format '" + found + "', this version reads '" + FORMAT
                                + "': use the version that wrote it, or another directory");
            }
            return;
        }
        try (Stream<Path> files = Files.list(root)) {
            List<String> names = files.map(f -> f.getFileName().toString()).toList();
            if (!names.isEmpty() && !names.contains("creating") && !names.equals(List.of("lock"))) {
                throw new StoreException(
                        StoreException.Code.FORMAT,
                        "directory " + root + " holds " + names.get(0)
                                + " and no FORMAT file, so it is not a Foreshard store: use an empty directory");
            }
        }
    }

    /** Takes away what an interrupted creation or move left behind. */
    private void sweep() throws IOException {
        if (isNew()) {
            deleteTree(catalog());
            deleteTree(root.resolve("nodes"));
        }
        deleteTree(staging());
        Files.createDirectories(staging());
    }

    boolean isNew() {
        return !Files.exists(root.resolve("FORMAT"));
    }

    /** From here until {@link #created} the directory counts as not yet created. */
    void beginCreation() throws IOException {
        Files.writeString(root.resolve("creating"), "");
    }

    void created() throws IOException {
        Path draft = root.resolve("FORMAT.new");
        try (FileChannel out = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap((FORMAT + "\n").getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(draft, root.resolve("FORMAT"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(root.resolve("creating"));
    }

    Path root() {
        return root;
    }

    Path catalog() {
        return root.resolve("catalog");
    }

    Path node(NodeId id) throws IOException {
        return Files.createDirectories(root.resolve("nodes").resolve(id.name()));
    }

    /** Where table files are written before a node takes them over. */
    Path staging() {
        return root.resolve("staging");
    }

    long usableBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(tree)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }

    static StoreException disk(Path root, Exception cause) {
        return new StoreException(
                StoreException.Code.DISK,
                "data directory " + root + " cannot be used: " + cause.getMessage()
                        + ": check that the disk is there, writable and not full",
                cause);
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw disk(root, e);
        }
    }
}
