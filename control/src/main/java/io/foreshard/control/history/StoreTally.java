package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.StoreManifest.Entry;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.Segmenter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A history store in the database, in windows of one width.
 *
 * <p>Makes the views {@code stored} (all rows) and {@code tagged} (those of segments: {@code v0.., win, k0..k4, b,
 * seen}).
 */
final class StoreTally implements Tally {
    private final Database database;
    private final HistorySource source;
    private final Path directory;
    private final List<String> by = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long windowMillis;
    private long firstMillis;
    private long lastMillis;
    private long rows;

    /** @param by the segmenting tags; empty for those that the stored segments have */
    StoreTally(Database database, HistorySource source, List<String> by) {
        this.database = database;
        this.source = source;
        this.directory = Path.of(source.files().get(0));
        this.by.addAll(by);
    }

    /** Whether {@code source} is the directory of a store. */
    static boolean isStore(HistorySource source) {
        return source.files().size() == 1
                && StoreManifest.isIn(Path.of(source.files().get(0)));
    }

    @Override
    public List<String> tags() {
        return by;
    }

    long windowMillis() {
        return windowMillis;
    }

    /** Latest moment that a stored window reaches to, less one. */
    long lastMillis() {
        return lastMillis;
    }

    @Override
    public void count() {
        List<Entry> entries = inSpan(all());
        if (entries.isEmpty()) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    directory + " holds no load"
                            + (source.span().equals(HistorySource.Span.ALL) ? "" : " in the time asked for") + ".");
        }
        long narrowest = entries.stream()
                .max(Comparator.comparingLong(Entry::untilMillis).thenComparingLong(entry -> -entry.widthMillis()))
                .orElseThrow()
                .widthMillis();
        windowMillis = source.window().map(window -> window.toMillis()).orElse(narrowest);
        List<Entry> chosen = chosen(entries);
        database.run("CREATE TEMP VIEW stored AS SELECT segment, start // " + windowMillis
                + " AS win, sum(k0) AS k0, sum(k1) AS"
                + " k1, sum(k2) AS k2, sum(k3) AS k3, sum(k4) AS k4, sum(bytes) AS b, CASE WHEN count(seen) > 0 THEN least(1, sum(seen * w) / "
                + windowMillis
                + ") END AS seen FROM (" + union(chosen) + ") WHERE start >= "
                + source.span().fromMillis() + " AND start < "
                + source.span().untilMillis() + " GROUP BY segment, win");
        tag();
        List<String> found = database.row("SELECT count(*), coalesce(min(win), 0), coalesce(max(win), -1) FROM stored");
        rows = Long.parseLong(found.get(0));
        if (rows == 0) {
            throw new InputException(ErrorCode.CONTENT, directory + " holds no load in the time asked for.");
        }
        firstMillis = Long.parseLong(found.get(1)) * windowMillis;
        lastMillis = (Long.parseLong(found.get(2)) + 1) * windowMillis - 1;
    }

    private List<Entry> all() {
        StoreManifest manifest = StoreManifest.read(directory);
        return Stream.concat(manifest.files().stream(), HistoryStore.windows(directory, manifest).stream())
                .filter(entry -> Files.exists(directory.resolve(entry.file())))
                .toList();
    }

    private List<Entry> inSpan(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.untilMillis() > source.span().fromMillis()
                        && entry.fromMillis() < source.span().untilMillis())
                .toList();
    }

    /** For every moment the file with the widest windows that still fit into those asked for. */
    private List<Entry> chosen(List<Entry> entries) {
        List<Entry> fitting = entries.stream()
                .filter(entry -> windowMillis % entry.widthMillis() == 0)
                .sorted(Comparator.comparingLong((Entry entry) -> -entry.widthMillis())
                        .thenComparing(Entry::file))
                .toList();
        List<Entry> chosen = new ArrayList<>();
        for (Entry entry : fitting) {
            if (chosen.stream()
                    .noneMatch(other -> other.widthMillis() > entry.widthMillis() && overlap(other, entry))) {
                chosen.add(entry);
            }
        }
        long coarser = entries.stream()
                .filter(entry -> windowMillis % entry.widthMillis() != 0)
                .filter(entry -> chosen.stream().noneMatch(other -> overlap(other, entry)))
                .count();
        if (coarser > 0) {
            notes.add(coarser
                    + " files of older load are kept in wider windows and were left out: ask for wider windows with"
                    + " --window");
        }
        if (chosen.isEmpty()) {
            throw new InputException(
                    ErrorCode.SETTING,
                    "windows of " + source.window().orElseThrow() + " do not fit what " + directory
                            + " keeps: ask for a multiple of "
                            + entries.stream()
                                    .mapToLong(Entry::widthMillis)
                                    .min()
                                    .orElseThrow() + " ms.");
        }
        return chosen;
    }

    private static boolean overlap(Entry left, Entry right) {
        return left.fromMillis() < right.untilMillis() && right.fromMillis() < left.untilMillis();
    }

    private String union(List<Entry> chosen) {
        return String.join(
                " UNION ALL ",
                chosen.stream()
                        .map(Entry::widthMillis)
                        .distinct()
                        .sorted()
                        .map(width -> "SELECT *, " + width + " AS w FROM "
                                + HistoryStore.relation(
                                        directory,
                                        chosen.stream()
                                                .filter(entry -> entry.widthMillis() == width)
                                                .toList()))
                        .toList());
    }

    private void tag() {
        if (by.isEmpty()) {
            String first = database.row("SELECT coalesce(min(segment), '') FROM stored WHERE segment NOT IN ('', '"
                            + Segment.OTHER + "')")
                    .get(0);
            for (String piece : first.split(";", -1)) {
                by.add(piece.substring(0, Math.max(0, piece.indexOf('='))));
            }
            by.removeIf(String::isEmpty);
        }
        if (by.isEmpty()) {
            by.add("segment");
        }
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < by.size(); i++) {
            values.append("CASE WHEN segment = '")
                    .append(Segment.OTHER)
                    .append("' THEN 'other' ELSE coalesce(nullif(")
                    .append(InputTable.tagIn("segment", by.get(i)))
                    .append(", ''), '")
                    .append(Segmenter.UNTAGGED)
                    .append("') END AS v")
                    .append(i)
                    .append(", ");
        }
        database.run("CREATE TEMP VIEW tagged AS SELECT " + values
                + "win, k0, k1, k2, k3, k4, b, seen FROM stored WHERE segment <> ''");
    }

    @Override
    public String moments() {
        return "SELECT " + SegmentTable.values(by) + ", win * " + windowMillis + " AS t, " + windowMillis
                + " AS w, k0 + k1 + k2 + k3 + k4 AS n, b FROM tagged";
    }

    @Override
    public ReadReport report(SegmentTable segments) {
        return new ReadReport(
                Form.OPERATIONS,
                rows,
                firstMillis,
                lastMillis,
                "operations",
                1,
                segments.beyondLimit(),
                segments.segments(),
                List.of(),
                notes);
    }
}
