package io.foreshard.simulator.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The data directories of one replay, all under one directory that holds nothing else. */
final class StoreDirectories {
    private final Path root;

    StoreDirectories(Path root) {
        this.root = root;
    }

    /** Makes the directory they lie in; refuses one that holds anything. */
    void create() {
        try {
            Files.createDirectories(root);
            try (var entries = Files.list(root)) {
                if (entries.findAny().isPresent()) {
                    throw new IllegalArgumentException(
                            "directory " + root + " is not empty: name an empty or a new one for the stores.");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("directory " + root + " for the stores cannot be made: " + e, e);
        }
    }

    Path fresh(String name) {
        return root.resolve(name);
    }

    /** A store equal to {@code store}, which must be closed: immutable table files are linked, all others copied. */
    Path copy(Path store, String name) {
        Path target = root.resolve(name);
        try {
            Files.walkFileTree(store, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                        throws IOException {
                    Files.createDirectories(target.resolve(store.relativize(directory)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Path twin = target.resolve(store.relativize(file));
                    if (file.toString().endsWith(".sst")) {
                        Files.createLink(twin, file);
                    } else {
                        Files.copy(file, twin);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("store " + store + " cannot be copied to " + target + ": " + e, e);
        }
    }

    /** Removes everything, the directory itself included. */
    void removeAll() {
        if (Files.exists(root)) {
            remove(root);
        }
    }

    void remove(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
                        throws IOException {
                    if (problem != null) {
                        throw problem;
                    }
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("directory " + directory + " cannot be removed: " + e, e);
        }
    }
}
