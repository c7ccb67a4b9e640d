package io.foreshard.core.forecast.heat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Load by row and window: observed to the left of now, predicted (median and p90) to the right.
 *
 * <p>Rows are segments, partitions or nodes, the one with the highest predicted load first. Every row has the same
 * number of windows before and after its own present; {@link #presentMillis()} says whether that is one moment.
 */
public final class HeatMap {
    /** The present of rows whose histories do not end together. */
    public static final long NO_COMMON_PRESENT = Long.MIN_VALUE;

    private final RowKind kind;
    private final String unit;
    private final long windowMillis;
    private final int observedWindows;
    private final int predictedWindows;
    private final long presentMillis;
    private final List<Row> rows;

    /** What a row is. */
    public enum RowKind {
        SEGMENT("segments"),
        PARTITION("partitions"),
        NODE("nodes");

        private final String plural;

        RowKind(String plural) {
            this.plural = plural;
        }

        public String plural() {
            return plural;
        }
    }

    /** One row; owns its values. */
    public static final class Row {
        private final String label;
        private final double full;
        private final long presentMillis;
        private final double[] observed;
        private final double[] p50;
        private final double[] p90;
        private final List<String> marks;

        /**
         * @param label what people call it
         * @param full the value that is as hot as it gets, such as a node's capacity; NaN for the row's own peak
         * @param presentMillis where its history ends, UTC epoch
         * @param observed oldest first, NaN where nothing was observed
         * @param p50 median of every predicted window
         * @param p90 what one window of ten passes
         * @param marks what to tell about it: an announced event, a forecast without authority
         */
        Row(
                String label,
                double full,
                long presentMillis,
                double[] observed,
                double[] p50,
                double[] p90,
                List<String> marks) {
            this.label = label;
            this.full = full;
            this.presentMillis = presentMillis;
            this.observed = observed;
            this.p50 = p50;
            this.p90 = p90;
            this.marks = List.copyOf(marks);
        }

        public String label() {
            return label;
        }

        public long presentMillis() {
            return presentMillis;
        }

        /** NaN where nothing was observed. */
        public double observed(int window) {
            return observed[window];
        }

        public double p50(int window) {
            return p50[window];
        }

        public double p90(int window) {
            return p90[window];
        }

        public List<String> marks() {
            return marks;
        }

        /** The highest p90 to come, or 0 where nothing is predicted; what rows are ranked by. */
        public double predictedPeak() {
            return highest(p90);
        }

        /** The value that is drawn hottest: the capacity where there is one, else the row's own peak. */
        public double hottest() {
            return Double.isNaN(full) ? Math.max(highest(observed), highest(p90)) : full;
        }

        /** Whether {@link #hottest()} is a capacity, so that rows compare with each other. */
        public boolean hasCapacity() {
            return !Double.isNaN(full);
        }

        private Row coarsened(int before, int after) {
            return new Row(
                    label, full, presentMillis, means(observed, before), means(p50, after), means(p90, after), marks);
        }

        /** Means of consecutive values in {@code buckets} buckets that end together with the values. */
        private static double[] means(double[] values, int buckets) {
            double[] out = new double[buckets];
            for (int b = 0; b < buckets; b++) {
                int from = (int) ((long) b * values.length / buckets);
                int until = (int) ((long) (b + 1) * values.length / buckets);
                double sum = 0;
                int seen = 0;
                for (int i = from; i < until; i++) {
                    if (!Double.isNaN(values[i])) {
                        sum += values[i];
                        seen++;
                    }
                }
                out[b] = seen == 0 ? Double.NaN : sum / seen;
            }
            return out;
        }
    }

    private HeatMap(RowKind kind, String unit, long windowMillis, List<Row> rows) {
        this.kind = kind;
        this.unit = unit;
        this.windowMillis = windowMillis;
        this.observedWindows = rows.isEmpty() ? 0 : rows.get(0).observed.length;
        this.predictedWindows = rows.isEmpty() ? 0 : rows.get(0).p50.length;
        long first = rows.isEmpty() ? NO_COMMON_PRESENT : rows.get(0).presentMillis;
        this.presentMillis = rows.stream().allMatch(row -> row.presentMillis == first) ? first : NO_COMMON_PRESENT;
        this.rows = List.copyOf(rows);
    }

    /** With the rows in the order of their predicted peaks. */
    static HeatMap ranked(RowKind kind, String unit, long windowMillis, List<Row> rows) {
        List<Row> ranked = new ArrayList<>(rows);
        ranked.sort(
                Comparator.comparingDouble((Row row) -> -row.predictedPeak()).thenComparing(Row::label));
        return new HeatMap(kind, unit, windowMillis, ranked);
    }

    /**
     * The same in at most {@code columnsMax} columns, each the mean of the windows it covers; no column holds both
     * observed and predicted windows. The rows stay in their order.
     */
    public HeatMap coarsened(int columnsMax) {
        int columns = observedWindows + predictedWindows;
        if (columns <= columnsMax || columnsMax < 2 || rows.isEmpty()) {
            return this;
        }
        int before = share(observedWindows, columns, columnsMax);
        int after = share(predictedWindows, columns, columnsMax);
        List<Row> coarse =
                rows.stream().map(row -> row.coarsened(before, after)).toList();
        return new HeatMap(kind, unit, windowMillis * columns / (before + after), coarse);
    }

    private static int share(int windows, int columns, int columnsMax) {
        return windows == 0 ? 0 : Math.max(1, (int) ((long) windows * columnsMax / columns));
    }

    public RowKind kind() {
        return kind;
    }

    /** What the values count, such as {@code operations/s}. */
    public String unit() {
        return unit;
    }

    /** Width of a column. */
    public long windowMillis() {
        return windowMillis;
    }

    public int observedWindows() {
        return observedWindows;
    }

    public int predictedWindows() {
        return predictedWindows;
    }

    /**
     * The moment between the last observed and the first predicted window; {@link #NO_COMMON_PRESENT} if rows differ.
     */
    public long presentMillis() {
        return presentMillis;
    }

    /** Hottest prediction first. */
    public List<Row> rows() {
        return rows;
    }

    /** The highest value of all, for one scale over all rows. */
    public double hottest() {
        return rows.stream().mapToDouble(Row::hottest).max().orElse(0);
    }

    private static double highest(double[] values) {
        double highest = 0;
        for (double value : values) {
            highest = value > highest ? value : highest;
        }
        return highest;
    }
}
