package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Which files a history store consists of: switched as a whole, by the rename of one file.
 *
 * @param sealedUntilMillis windows that start before lie in {@code files}; single ones of before are left over
 * @param files what is kept
 * @param retired files that the manifest before this one still names; they go away with the next switch, so that
 *     whoever reads meanwhile finds them
 */
record StoreManifest(long sealedUntilMillis, List<Entry> files, List<String> retired) {
    static final String NAME = "MANIFEST";
    private static final String TITLE = "foreshard-history 1";
    static final StoreManifest EMPTY = new StoreManifest(Long.MIN_VALUE, List.of(), List.of());

    StoreManifest {
        files = List.copyOf(files);
        retired = List.copyOf(retired);
    }

    /** Windows of one width between two moments, in one file. */
    record Entry(long widthMillis, long fromMillis, long untilMillis, String file) {}

    /** Whether {@code directory} is a history store. */
    static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(NAME));
    }

    static StoreManifest read(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            int end = text.lastIndexOf("end ");
            if (end < 0 || !text.substring(end).strip().equals("end " + sum(text.substring(0, end)))) {
                throw damaged(file);
            }
            return parse(file, text.substring(0, end).lines().toList());
        } catch (IOException e) {
            throw new InputException(ErrorCode.FILE, "cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private static StoreManifest parse(Path file, List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(TITLE)) {
            throw new InputException(
                    ErrorCode.IN_USE,
                    file + " begins with '" + (lines.isEmpty() ? "" : lines.get(0)) + "', not with '" + TITLE
                            + "': another version of Foreshard wrote it.");
        }
        long sealed = Long.MIN_VALUE;
        List<Entry> files = new ArrayList<>();
        List<String> retired = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "sealed" -> sealed = Long.parseLong(words[1]);
                case "file" ->
                    files.add(new Entry(
                            Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]), words[4]));
                case "retired" -> retired.add(words[1]);
                default -> throw damaged(file);
            }
        }
        return new StoreManifest(sealed, files, retired);
    }

    private static InputException damaged(Path file) {
        return new InputException(
                ErrorCode.FILE, file + " is damaged (its checksum does not fit): restore the directory from a backup.");
    }

    /** Puts this manifest in place of the one before, with everything it names already on disk. */
    void write(Path directory) {
        StringBuilder text = new StringBuilder(TITLE + "\nsealed " + sealedUntilMillis + "\n");
        for (Entry file : files) {
            text.append("file ")
                    .append(file.widthMillis)
                    .append(' ')
                    .append(file.fromMillis)
                    .append(' ')
                    .append(file.untilMillis)
                    .append(' ')
                    .append(file.file)
                    .append('\n');
        }
        retired.forEach(name -> text.append("retired ").append(name).append('\n'));
        String sum = sum(text.toString());
        text.append("end ").append(sum).append('\n');
        Path next = directory.resolve(NAME + ".tmp");
        try {
            Files.writeString(next, text, StandardCharsets.UTF_8);
            putInPlace(next, directory.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + next, e);
        }
    }

    private static String sum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /** Makes a complete file appear under its name, durably: a crash leaves the old one or the new one. */
    static void putInPlace(Path complete, Path name) throws IOException {
        try (FileChannel channel = FileChannel.open(complete, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(complete, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path directory = name.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
