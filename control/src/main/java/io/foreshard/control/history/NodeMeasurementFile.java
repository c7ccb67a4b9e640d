package io.foreshard.control.history;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.forecast.capacity.NodeMeasurement;
import io.foreshard.core.keyspace.NodeId;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.workload.OpKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What nodes did and used, from a CSV file with a header: {@code timestamp_ms}, {@code node}, operations/s in columns
 * named by kind ({@code get}, {@code multi_get}, {@code scan}, {@code put}, {@code delete}), value {@code bytes}/s, and
 * used resources in columns named by resource ({@code cpu} in ms/s, {@code memory} in bytes, {@code io_ops},
 * {@code io_bytes} and {@code network} per second).
 *
 * <p>Every column but the first two may be missing; an empty field is a measurement that was not made.
 */
public final class NodeMeasurementFile {
    private static final String TIME = "timestamp_ms";
    private static final String NODE = "node";
    private static final String BYTES = "bytes";

    private final Path file;
    private final Set<String> columns = new HashSet<>();

    private NodeMeasurementFile(Path file) {
        this.file = file;
    }

    /**
     * All rows.
     *
     * @throws InputException naming the row and column that cannot be used
     */
    public static List<NodeMeasurement> read(Path file) {
        return new NodeMeasurementFile(file).read();
    }

    private List<NodeMeasurement> read() {
        List<NodeMeasurement> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : csv) {
                if (rows.isEmpty()) {
                    header(row.getHeader());
                }
                rows.add(measurement(row));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new InputException(
                    ErrorCode.FILE, "node measurements cannot be read from " + file + ": check the path.", e);
        } catch (CsvParseException e) {
            throw new InputException(ErrorCode.CONTENT, file + " is not CSV: " + e.getMessage() + ".", e);
        }
        return rows;
    }

    private void header(List<String> names) {
        columns.addAll(names);
        Set<String> known = new HashSet<>(Set.of(TIME, NODE, BYTES));
        boolean used = false;
        for (OpKind kind : OpKind.values()) {
            known.add(kind.label());
        }
        for (Resource resource : Resource.values()) {
            known.add(resource.label());
            used |= columns.contains(resource.label());
        }
        for (String name : names) {
            if (!known.contains(name)) {
                throw new InputException(
                        ErrorCode.CONTENT,
                        file + " has a column '" + name + "': expected " + TIME + ", " + NODE + ", " + BYTES
                                + ", kinds of operations (get, multi_get, scan, put, delete) and resources (cpu,"
                                + " memory, io_ops, io_bytes, network).");
            }
        }
        if (!columns.contains(TIME) || !columns.contains(NODE) || !used) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    file + " has the columns " + names + ": it needs " + TIME + ", " + NODE
                            + " and at least one resource, such as cpu.");
        }
    }

    private NodeMeasurement measurement(NamedCsvRecord row) {
        Map<OpKind, Double> operations = new EnumMap<>(OpKind.class);
        for (OpKind kind : OpKind.values()) {
            operations.put(kind, number(row, kind.label(), 0));
        }
        Map<Resource, Double> used = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            double amount = number(row, resource.label(), Double.NaN);
            if (!Double.isNaN(amount)) {
                used.put(resource, amount);
            }
        }
        return new NodeMeasurement(
                new NodeId(row.getField(NODE)), (long) number(row, TIME, 0), operations, number(row, BYTES, 0), used);
    }

    private double number(NamedCsvRecord row, String column, double otherwise) {
        if (!columns.contains(column) || row.getField(column).isBlank()) {
            return otherwise;
        }
        String text = row.getField(column).strip();
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw bad(row, column, text);
        }
        throw bad(row, column, text);
    }

    private InputException bad(NamedCsvRecord row, String column, String text) {
        return new InputException(
                ErrorCode.CONTENT,
                String.format(
                        Locale.ROOT,
                        "%s:%d: %s is '%s': expected a finite number, zero or more.",
                        file,
                        row.getStartingLineNumber(),
                        column,
                        text));
    }
}
