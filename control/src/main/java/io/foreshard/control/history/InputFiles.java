package io.foreshard.control.history;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.Mapping.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The files of a source, and the SQL that reads them: what they are is told by content, not by name. */
final class InputFiles {
    private static final int HEAD_BYTES = 4096;

    private static final String CSV_OPTIONS = ", header = true, quote = '\"', escape = '\"'";

    private final List<Path> files;
    private final Format format;

    private InputFiles(List<Path> files, Format format) {
        this.files = List.copyOf(files);
        this.format = format;
    }

    /** What a file is, and how it is packed. */
    private record Format(Kind kind, String compression, String delimiter) {
        enum Kind {
            PARQUET,
            CSV,
            JSON
        }
    }

    /**
     * The files that {@code patterns} name, sorted.
     *
     * @throws InputException when a pattern names none, or the files differ in kind
     */
    static InputFiles of(List<String> patterns) {
        List<Path> files = new ArrayList<>();
        for (String pattern : patterns) {
            files.addAll(matching(pattern));
        }
        Format format = format(files.get(0));
        for (Path file : files) {
            Format other = format(file);
            if (other.kind != format.kind || !other.compression.equals(format.compression)) {
                throw new InputException(
                        ErrorCode.CONTENT,
                        files.get(0) + " is " + describe(format) + ", but " + file + " is " + describe(other)
                                + ": read files of one kind at a time.");
            }
        }
        return new InputFiles(files, format);
    }

    private static List<Path> matching(String pattern) {
        if (Files.isRegularFile(Path.of(pattern))) {
            return List.of(Path.of(pattern));
        }
        if (pattern.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
            boolean directory = Files.isDirectory(Path.of(pattern));
            throw new InputException(
                    ErrorCode.FILE,
                    pattern
                            + (directory
                                    ? " is a directory and holds no history: name files, such as " + pattern
                                            + "/*.csv.gz."
                                    : " does not exist: check the path (it is relative to "
                                            + Path.of("").toAbsolutePath() + ")."));
        }
        return expanded(pattern);
    }

    private static List<Path> expanded(String pattern) {
        int wildcard = 0;
        while ("*?[{".indexOf(pattern.charAt(wildcard)) < 0) {
            wildcard++;
        }
        int slash = pattern.lastIndexOf('/', wildcard);
        Path root = Path.of(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
        List<Path> found;
        try (Stream<Path> walk = Files.walk(root)) {
            found = walk.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(root.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InputException(ErrorCode.FILE, "cannot look for " + pattern + ": " + e.getMessage() + ".", e);
        }
        if (found.isEmpty()) {
            throw new InputException(ErrorCode.FILE, "no file matches " + pattern + ": check the path.");
        }
        return found;
    }

    private static Format format(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD_BYTES);
            if (head.length == 0) {
                throw new InputException(ErrorCode.CONTENT, file + " is empty: it holds not even a header.");
            }
            if (startsWith(head, 'P', 'A', 'R', '1')) {
                return new Format(Format.Kind.PARQUET, "none", "");
            }
            if (startsWith(head, 0x1f, 0x8b)) {
                byte[] text = gunzip(file);
                return new Format(textKind(text, file), "gzip", delimiter(text));
            }
            if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) {
                return new Format(namedKind(file), "zstd", "");
            }
            return new Format(textKind(head, file), "none", delimiter(head));
        } catch (IOException e) {
            throw new InputException(ErrorCode.FILE, "cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private static byte[] gunzip(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readNBytes(HEAD_BYTES);
        }
    }

    /** A comma where the header has one; anything else is for the reader to find out. */
    private static String delimiter(byte[] head) {
        String header =
                new String(head, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        return header.indexOf(',') >= 0 ? ", delim = ','" : "";
    }

    private static boolean startsWith(byte[] head, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static Format.Kind textKind(byte[] head, Path file) {
        for (byte b : head) {
            if (b == 0) {
                throw new InputException(
                        ErrorCode.CONTENT,
                        file + " is not text: give CSV, JSON lines or Parquet, plain or packed with gzip or zstd.");
            }
        }
        for (byte b : head) {
            if (!Character.isWhitespace(b)) {
                return b == '{' ? Format.Kind.JSON : Format.Kind.CSV;
            }
        }
        return Format.Kind.CSV;
    }

    private static Format.Kind namedKind(Path file) {
        String name = file.getFileName().toString();
        return name.contains(".json") || name.contains(".ndjson") ? Format.Kind.JSON : Format.Kind.CSV;
    }

    private static String describe(Format format) {
        String kind =
                format.kind == Format.Kind.JSON ? "JSON lines" : format.kind == Format.Kind.CSV ? "CSV" : "Parquet";
        return format.compression.equals("none") ? kind : kind + " (" + format.compression + ")";
    }

    List<Path> files() {
        return files;
    }

    /** What they are, for people. */
    String description() {
        return describe(format);
    }

    long bytes() {
        long sum = 0;
        try {
            for (Path file : files) {
                sum += Files.size(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot measure the input", e);
        }
        return sum;
    }

    boolean isParquet() {
        return format.kind == Format.Kind.PARQUET;
    }

    /** The table function that reads them. Text is read as text: what it means is found out row by row. */
    String relation(Reading reading, boolean keepRejects) {
        String list =
                files.stream().map(file -> Database.text(file.toString())).collect(Collectors.joining(", ", "[", "]"));
        String packed = ", compression = '" + format.compression + "'";
        Reading.Kind kind = reading.kind();
        if (isParquet()) {
            return "read_parquet(" + list + ", union_by_name = true)";
        }
        if (kind == Reading.Kind.LINES) {
            return "read_csv(" + list + packed + ", columns = {'line': 'VARCHAR'}, delim = '', quote = '', escape = '',"
                    + " header = false, strict_mode = false" + reading.options() + ")";
        }
        if (kind == Reading.Kind.JSON_LINES || (kind == Reading.Kind.DETECT && format.kind == Format.Kind.JSON)) {
            return "read_json(" + list + packed + ", format = 'newline_delimited', ignore_errors = true,"
                    + " union_by_name = true, convert_strings_to_integers = false" + reading.options() + ")";
        }
        String rejects = keepRejects ? ", store_rejects = true, rejects_limit = 100000" : ", ignore_errors = true";
        if (!reading.titles().isEmpty()) {
            String names = reading.titles().stream()
                    .map(title -> Database.text(title) + ": 'VARCHAR'")
                    .collect(Collectors.joining(", ", ", columns = {", "}"));
            return "read_csv(" + list + packed + names + ", header = false, quote = '\"', escape = '\"'" + rejects
                    + reading.options() + ")";
        }
        return "read_csv(" + list + packed + ", all_varchar = true" + format.delimiter + CSV_OPTIONS + rejects
                + reading.options() + ")";
    }
}
