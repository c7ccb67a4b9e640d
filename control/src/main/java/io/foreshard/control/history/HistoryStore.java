package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.StoreManifest.Entry;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;

/**
 * Past load on disk: a directory of Parquet files and a manifest that says which of them count.
 *
 * <p>{@link #append} writes one window as a file of its own, which is on disk when it returns. {@link #seal} gathers
 * windows into files by the hour, hours into days, rolls days up to wider windows, and forgets what is older than its
 * retention; every change of that kind is the switch of the manifest, so a crash at any moment leaves the state before
 * or after. A window that nobody appended is a gap. One writer at a time (a lock says so), any number of readers. One
 * thread.
 */
public final class HistoryStore implements AutoCloseable {
    static final String WINDOWS = "windows";
    private static final String LOCK = "writer.lock";
    private static final String SUFFIX = ".parquet";
    private static final String COLUMNS = "segment, start, k0, k1, k2, k3, k4, bytes, latency_ms, cpu_ms, seen";

    private final Path directory;
    private final StoreOptions options;
    private final FileChannel lockFile;
    private final Database database;
    private StoreManifest manifest;

    private HistoryStore(Path directory, StoreOptions options, FileChannel lockFile) {
        this.directory = directory;
        this.options = options;
        this.lockFile = lockFile;
        this.database = Database.open(HistoryProgress.NONE);
        this.manifest = StoreManifest.isIn(directory) ? StoreManifest.read(directory) : StoreManifest.EMPTY;
    }

    /**
     * Opens the store in {@code directory} for writing, or makes one; takes away what a crash left half done.
     *
     * @throws InputException when another process writes to it, or it is damaged
     */
    public static HistoryStore open(Path directory, StoreOptions options) {
        try {
            Files.createDirectories(directory.resolve(WINDOWS));
            FileChannel lockFile =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(lockFile)) {
                lockFile.close();
                throw new InputException(
                        ErrorCode.IN_USE, directory + " is being written by another process: one writer at a time.");
            }
            HistoryStore store = new HistoryStore(directory, options, lockFile);
            store.recover();
            return store;
        } catch (IOException e) {
            throw new InputException(
                    ErrorCode.FILE, "cannot open the history in " + directory + ": " + e.getMessage() + ".", e);
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void recover() throws IOException {
        if (!StoreManifest.isIn(directory)) {
            manifest.write(directory);
        }
        database.run(
                "CREATE TEMP TABLE incoming (segment VARCHAR, start BIGINT, k0 BIGINT, k1 BIGINT, k2 BIGINT, k3 BIGINT,"
                        + " k4 BIGINT, bytes BIGINT, latency_ms DOUBLE, cpu_ms DOUBLE, seen DOUBLE)");
        List<String> known = new ArrayList<>(manifest.retired());
        manifest.files().forEach(entry -> known.add(entry.file()));
        for (Path file : listed(directory)) {
            String name = file.getFileName().toString();
            boolean ours = name.endsWith(SUFFIX) || name.endsWith(".tmp");
            if (ours && !known.contains(name)) {
                Files.delete(file);
            }
        }
        for (Path file : listed(directory.resolve(WINDOWS))) {
            if (!file.toString().endsWith(SUFFIX) || startOf(file) < manifest.sealedUntilMillis()) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> listed(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    /** {@code windows/<start>-<width>.parquet}. */
    private static long startOf(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('-', 1)));
    }

    private static long widthOf(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(name.indexOf('-', 1) + 1, name.length() - SUFFIX.length()));
    }

    /** The single windows that count, as entries. */
    static List<Entry> windows(Path directory, StoreManifest manifest) {
        List<Entry> windows = new ArrayList<>();
        for (Path file : listed(directory.resolve(WINDOWS))) {
            if (file.toString().endsWith(SUFFIX) && startOf(file) >= manifest.sealedUntilMillis()) {
                windows.add(new Entry(
                        widthOf(file),
                        startOf(file),
                        startOf(file) + widthOf(file),
                        WINDOWS + "/" + file.getFileName()));
            }
        }
        return windows;
    }

    /** First moment that is not sealed yet; a window before it comes too late. */
    public long sealedUntilMillis() {
        return manifest.sealedUntilMillis();
    }

    /**
     * Adds a window; it is on disk afterwards. Appending a window again replaces it.
     *
     * @throws IllegalArgumentException when it lies before {@link #sealedUntilMillis()}
     */
    public void append(HistoryWindow window) {
        if (window.startMillis() < manifest.sealedUntilMillis()) {
            throw new IllegalArgumentException("window " + window.startMillis() + " lies before "
                    + manifest.sealedUntilMillis() + ", until when the history is sealed");
        }
        database.fill("incoming", appender -> {
            row(appender, "", window.startMillis(), NOTHING, OptionalDouble.of(window.completeness()));
            for (HistoryWindow.Counts counts : window.segments()) {
                row(appender, counts.segment().toString(), window.startMillis(), counts, OptionalDouble.empty());
            }
        });
        try {
            copy(
                    "SELECT * FROM incoming ORDER BY segment",
                    directory.resolve(WINDOWS).resolve(window.startMillis() + "-" + window.widthMillis() + SUFFIX));
        } finally {
            database.run("DELETE FROM incoming");
        }
    }

    private static final HistoryWindow.Counts NOTHING = new HistoryWindow.Counts(
            Segment.OTHER, List.of(0L, 0L, 0L, 0L, 0L), 0, OptionalDouble.empty(), OptionalDouble.empty());

    private static void row(
            DuckDBAppender appender, String segment, long start, HistoryWindow.Counts counts, OptionalDouble seen)
            throws SQLException {
        appender.beginRow();
        appender.append(segment);
        appender.append(start);
        for (int k = 0; k < OpKind.COUNT; k++) {
            appender.append((long) counts.operations().get(k));
        }
        appender.append(counts.bytes());
        optional(appender, counts.latencyMillis());
        optional(appender, counts.cpuMillis());
        optional(appender, seen);
        appender.endRow();
    }

    private static void optional(DuckDBAppender appender, OptionalDouble value) throws SQLException {
        if (value.isPresent()) {
            appender.append(value.getAsDouble());
        } else {
            appender.appendNull();
        }
    }

    private void copy(String select, Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        database.run("COPY (" + select + ") TO " + Database.text(unfinished.toString())
                + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)");
        try {
            StoreManifest.putInPlace(unfinished, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Gathers, rolls up and forgets what is due at {@code nowMillis}. */
    public void seal(long nowMillis) {
        gatherWindows(nowMillis);
        gatherFiles(nowMillis);
        forget(nowMillis);
    }

    /** Windows of every small span that is over become one file each. */
    private void gatherWindows(long nowMillis) {
        long span = options.small().toMillis();
        long until = Math.floorDiv(nowMillis, span) * span;
        TreeMap<Long, List<Entry>> due = new TreeMap<>();
        for (Entry window : windows(directory, manifest)) {
            if (window.untilMillis() <= until) {
                due.computeIfAbsent(Math.floorDiv(window.fromMillis(), span) * span, start -> new ArrayList<>())
                        .add(window);
            }
        }
        if (due.isEmpty()) {
            return;
        }
        List<Entry> files = new ArrayList<>(manifest.files());
        for (List<Entry> windows : due.values()) {
            windows.stream()
                    .map(Entry::widthMillis)
                    .distinct()
                    .sorted()
                    .forEach(width -> files.add(gathered(
                            windows.stream()
                                    .filter(w -> w.widthMillis() == width)
                                    .toList(),
                            width)));
        }
        List<Entry> old = windows(directory, manifest);
        become(new StoreManifest(until, files, List.of()));
        old.stream().filter(window -> window.fromMillis() < until).forEach(window -> delete(window.file()));
    }

    /** Several files of one width, as one. */
    private Entry gathered(List<Entry> parts, long width) {
        long from = parts.stream().mapToLong(Entry::fromMillis).min().orElseThrow();
        long until = parts.stream().mapToLong(Entry::untilMillis).max().orElseThrow();
        Entry entry = new Entry(width, from, until, fileName(width, from, until));
        copy("SELECT * FROM " + relation(parts) + " ORDER BY segment, start", directory.resolve(entry.file()));
        return entry;
    }

    /** A name that no file has had. */
    private String fileName(long width, long from, long until) {
        int version = 0;
        String name;
        do {
            name = String.format(Locale.ROOT, "w%d-%d-%d-%d%s", width, from, until, version++, SUFFIX);
        } while (Files.exists(directory.resolve(name)));
        return name;
    }

    private String relation(List<Entry> entries) {
        return relation(directory, entries);
    }

    static String relation(Path directory, List<Entry> entries) {
        return entries.stream()
                .map(entry -> Database.text(directory.resolve(entry.file()).toString()))
                .collect(Collectors.joining(", ", "read_parquet([", "])"));
    }

    /** Small files of every large span that is over become one file each, with its roll-ups. */
    private void gatherFiles(long nowMillis) {
        long span = options.large().toMillis();
        TreeMap<Long, List<Entry>> due = new TreeMap<>();
        for (Entry file : manifest.files()) {
            long start = Math.floorDiv(file.fromMillis(), span) * span;
            boolean small =
                    file.untilMillis() - file.fromMillis() <= options.small().toMillis();
            if (small && start + span <= nowMillis && span > options.small().toMillis()) {
                due.computeIfAbsent(start, s -> new ArrayList<>()).add(file);
            }
        }
        for (List<Entry> parts : due.values()) {
            List<Entry> files = new ArrayList<>(manifest.files());
            files.removeAll(parts);
            List<String> retired = parts.stream().map(Entry::file).toList();
            for (long width :
                    parts.stream().map(Entry::widthMillis).distinct().sorted().toList()) {
                Entry whole = gathered(
                        parts.stream().filter(p -> p.widthMillis() == width).toList(), width);
                files.add(whole);
                files.addAll(rolledUp(whole));
            }
            become(new StoreManifest(manifest.sealedUntilMillis(), files, retired));
        }
    }

    /** The same counts in the wider windows of the levels. */
    private List<Entry> rolledUp(Entry file) {
        List<Entry> wider = new ArrayList<>();
        for (StoreOptions.Level level : options.levels()) {
            long width = level.width().toMillis();
            if (width > file.widthMillis() && width % file.widthMillis() == 0) {
                long from = Math.floorDiv(file.fromMillis(), width) * width;
                long until = Math.floorDiv(file.untilMillis() + width - 1, width) * width;
                Entry entry = new Entry(width, from, until, fileName(width, from, until));
                copy(rolledUp(relation(List.of(file)), file.widthMillis(), width), directory.resolve(entry.file()));
                wider.add(entry);
            }
        }
        return wider;
    }

    /** What was seen of a wide window is what was seen of its narrow ones; a missing narrow one was not seen. */
    static String rolledUp(String relation, long narrow, long wide) {
        return "SELECT segment, start // " + wide + " * " + wide
                + " AS start, CAST(sum(k0) AS BIGINT) AS k0, CAST(sum(k1) AS"
                + " BIGINT) AS k1, CAST(sum(k2) AS BIGINT) AS k2, CAST(sum(k3) AS BIGINT) AS k3, CAST(sum(k4) AS BIGINT) AS k4,"
                + " CAST(sum(bytes) AS BIGINT) AS bytes, sum(latency_ms) AS latency_ms, sum(cpu_ms) AS cpu_ms,"
                + " CASE WHEN count(seen) > 0 THEN least(1, sum(seen) * " + narrow + " / " + wide
                + ") END AS seen FROM " + relation
                + " GROUP BY segment, start // " + wide + " ORDER BY 1, 2";
    }

    /** Age counts from the newest load, so that a store that nobody feeds forgets nothing. */
    private void forget(long nowMillis) {
        long newest = Math.min(
                nowMillis,
                manifest.files().stream().mapToLong(Entry::untilMillis).max().orElse(nowMillis));
        List<Entry> kept = manifest.files().stream()
                .filter(file -> file.untilMillis() + options.keepMillis(file.widthMillis()) > newest)
                .toList();
        if (kept.size() < manifest.files().size()) {
            List<String> retired = manifest.files().stream()
                    .filter(file -> !kept.contains(file))
                    .map(Entry::file)
                    .toList();
            become(new StoreManifest(manifest.sealedUntilMillis(), kept, retired));
        }
    }

    private void become(StoreManifest next) {
        List<String> gone = manifest.retired();
        next.write(directory);
        manifest = next;
        gone.forEach(this::delete);
    }

    private void delete(String file) {
        try {
            Files.deleteIfExists(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory.resolve(file), e);
        }
    }

    /** What the store holds, for whoever adds to it from within this package. */
    StoreManifest manifest() {
        return manifest;
    }

    /** Adds whole files that {@code writer} makes; all of them, or none. */
    void add(List<Entry> entries) {
        List<Entry> files = new ArrayList<>(manifest.files());
        for (Entry entry : entries) {
            files.add(entry);
            files.addAll(rolledUp(entry));
        }
        become(new StoreManifest(manifest.sealedUntilMillis(), files, List.of()));
    }

    Path directory() {
        return directory;
    }

    Database database() {
        return database;
    }

    /** Writes {@code select} (of {@value #COLUMNS}) as a file that belongs to nothing yet. */
    Entry write(String select, long width, long from, long until) {
        Entry entry = new Entry(width, from, until, fileName(width, from, until));
        copy("SELECT " + COLUMNS + " FROM (" + select + ") ORDER BY segment, start", directory.resolve(entry.file()));
        return entry;
    }

    @Override
    public void close() {
        database.close();
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of " + directory, e);
        }
    }
}
