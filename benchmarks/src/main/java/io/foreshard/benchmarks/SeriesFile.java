package io.foreshard.benchmarks;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads {@code series_id,timestamp,value} tables and rate tables ({@code bucket_ms,segment,value...}), plain or gzip.
 *
 * <p>Every value column of a rate table is a series of its own, named {@code segment/column}.
 */
final class SeriesFile {
    private static final Set<String> NAME_COLUMNS = Set.of("series_id", "segment");

    private final Path path;
    private final Map<String, TimedSeries> series = new LinkedHashMap<>();
    private List<String> header = List.of();
    private int nameColumn;
    private int timeColumn;

    private SeriesFile(Path path) {
        this.path = path;
    }

    /** All series by name, in the order in which the file names them first. */
    static Map<String, TimedSeries> read(Path path) throws IOException {
        SeriesFile file = new SeriesFile(path);
        try (Reader text = open(path);
                CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(text)) {
            for (CsvRecord row : rows) {
                if (file.header.isEmpty()) {
                    file.start(row.getFields());
                } else {
                    file.add(row);
                }
            }
        }
        return file.series;
    }

    private static Reader open(Path path) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(path));
        bytes.mark(2);
        boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        return new InputStreamReader(gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes, StandardCharsets.UTF_8);
    }

    private void start(List<String> names) {
        header = names;
        nameColumn = NAME_COLUMNS.contains(names.get(0)) ? 0 : 1;
        timeColumn = 1 - nameColumn;
        if (names.size() < 3 || !NAME_COLUMNS.contains(names.get(nameColumn))) {
            throw new BenchmarkException(path + " begins with " + names
                    + ": expected series_id,timestamp,value or bucket_ms,segment,value...");
        }
    }

    private void add(CsvRecord row) {
        try {
            long moment = moment(row.getField(timeColumn));
            String name = row.getField(nameColumn);
            for (int c = 2; c < header.size(); c++) {
                String full = header.size() == 3 ? name : name + "/" + header.get(c);
                series.computeIfAbsent(full, TimedSeries::new).add(moment, Double.parseDouble(row.getField(c)));
            }
        } catch (NumberFormatException | DateTimeParseException | IndexOutOfBoundsException e) {
            throw new BenchmarkException(
                    path + " line " + row.getStartingLineNumber() + ": " + row.getFields() + " does not fit " + header);
        }
    }

    private long moment(String text) {
        if (text.indexOf('T') > 0) {
            return Instant.parse(text).toEpochMilli();
        }
        return header.get(timeColumn).equals("hour")
                ? Math.round(Double.parseDouble(text) * 3_600_000)
                : Long.parseLong(text);
    }
}
