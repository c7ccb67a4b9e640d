package io.foreshard.control.history;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the columns of the input become ours.
 *
 * @param form what a row is
 * @param reading how rows are found in the files
 * @param columns our column (see the reference) to the input's column or, with a projection, the projection's
 * @param tags tags that have a column of their own: name to column
 * @param values the value columns of a rate table; empty for all numeric ones
 * @param sql a SELECT over the table {@code log} whose columns stand in for the input's; may be absent
 */
public record Mapping(
        Form form,
        Reading reading,
        Map<String, String> columns,
        Map<String, String> tags,
        List<String> values,
        Optional<String> sql) {
    /** Our own names, or those that the columns' names and types tell. */
    public static final Mapping DEFAULT =
            new Mapping(Form.AUTO, Reading.DETECT, Map.of(), Map.of(), List.of(), Optional.empty());

    /** How rows are found in files; compression and Parquet are told by content. */
    public record Reading(Kind kind, List<String> titles, String options) {
        public static final Reading DETECT = new Reading(Kind.DETECT, List.of(), "");

        /** The shape of a text file. */
        public enum Kind {
            DETECT,
            CSV,
            JSON_LINES,
            /** Every line is the only column, {@code line}. */
            LINES
        }

        public Reading {
            titles = List.copyOf(titles);
        }
    }

    public Mapping {
        columns = Map.copyOf(columns);
        tags = Map.copyOf(tags);
        values = List.copyOf(values);
    }

    /** The same with a projection. */
    public Mapping projected(String select) {
        return new Mapping(form, reading, columns, tags, values, Optional.of(select));
    }

    /** The same with these columns in place of the ones it names. */
    public Mapping withColumns(Map<String, String> other) {
        return new Mapping(form, reading, other, tags, values, sql);
    }

    /** The same with tags that have columns of their own. */
    public Mapping withTags(Map<String, String> other) {
        return new Mapping(form, reading, columns, other, values, sql);
    }

    /** The same with these value columns of a rate table. */
    public Mapping withValues(List<String> other) {
        return new Mapping(form, reading, columns, tags, other, sql);
    }
}
