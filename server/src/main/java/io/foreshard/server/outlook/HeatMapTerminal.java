package io.foreshard.server.outlook;

import io.foreshard.core.forecast.heat.HeatMap;
import io.foreshard.server.receipt.Figures;
import java.util.Arrays;
import java.util.List;

/**
 * A heat map in a terminal: one line per row, as wide as the terminal; in colour half a character high, so that p90
 * stands above p50, else in characters from {@code .} to {@code @}.
 */
public final class HeatMapTerminal {
    private static final String RAMP = ".:-=+*#%@";
    private static final String UPPER_HALF = "▀";
    private static final String PLAIN = "\u001b[0m";
    private static final String SOFT = "\u001b[38;5;245m";
    private static final int LABEL_MAX = 28;
    private static final int CELLS_MIN = 16;
    private static final int LABEL_CELLS = 11;

    private final boolean colour;
    private final int columns;
    private final int rowsMax;

    /**
     * @param colour whether escape sequences and block characters may be used
     * @param columns width of the terminal
     * @param rowsMax rows beyond the hottest so many are only counted
     */
    public HeatMapTerminal(boolean colour, int columns, int rowsMax) {
        this.colour = colour;
        this.columns = columns;
        this.rowsMax = rowsMax;
    }

    /** The drawing, with its legend. */
    public String render(HeatMap whole) {
        if (whole.rows().isEmpty()) {
            return "";
        }
        List<HeatMap.Row> shown =
                whole.rows().subList(0, Math.min(rowsMax, whole.rows().size()));
        int common = commonName(shown);
        int labels = shown.stream()
                .mapToInt(row -> row.label().length() - common)
                .max()
                .orElse(0);
        labels = Math.max(whole.kind().plural().length(), Math.min(labels, Math.min(LABEL_MAX, columns / 3)));
        int peaks = shown.stream().mapToInt(row -> peak(row).length()).max().orElse(0);
        HeatMap map = whole.coarsened(Math.max(CELLS_MIN, columns - labels - peaks - 4));
        StringBuilder out = new StringBuilder();
        axis(map, labels, out);
        for (int r = 0; r < shown.size(); r++) {
            HeatMap.Row row = map.rows().get(r);
            out.append(pad(shorten(row.label().substring(common), labels), labels))
                    .append(' ');
            cells(map, row, out);
            out.append(' ')
                    .append(" ".repeat(peaks - peak(shown.get(r)).length()))
                    .append(peak(shown.get(r)));
            out.append('\n');
        }
        if (shown.size() < whole.rows().size()) {
            out.append("  and ").append(Figures.count(whole.rows().size() - shown.size()));
            out.append(" more ").append(whole.kind().plural()).append(" with a lower predicted peak (--top)\n");
        }
        legend(whole, out);
        return out.toString();
    }

    /** Length of the tag name with its sign that all labels begin with. */
    private static int commonName(List<HeatMap.Row> rows) {
        String first = rows.get(0).label();
        String name = first.substring(0, first.indexOf('=') + 1);
        return rows.stream().allMatch(row -> row.label().startsWith(name)) ? name.length() : 0;
    }

    private static String peak(HeatMap.Row row) {
        return LoadUnit.compact(row.hottest());
    }

    private void axis(HeatMap map, int labels, StringBuilder out) {
        int cells = map.observedWindows() + map.predictedWindows() + 1;
        char[] line = new char[cells];
        Arrays.fill(line, ' ');
        write(line, Math.max(0, map.observedWindows() - 1), "now");
        for (HeatAxis.Tick tick : HeatAxis.ticks(map, Math.max(2, cells / LABEL_CELLS))) {
            int column = (int) Math.round(tick.part() * (cells - 1));
            if (isFree(line, column - 1, tick.text().length() + 2)) {
                write(line, column, tick.text());
            }
        }
        String text = new String(line).stripTrailing();
        out.append(pad(map.kind().plural(), labels))
                .append(' ')
                .append(soft(text))
                .append('\n');
    }

    private static boolean isFree(char[] line, int from, int length) {
        for (int i = Math.max(0, from); i < Math.min(line.length, from + length); i++) {
            if (line[i] != ' ') {
                return false;
            }
        }
        return from + length <= line.length + 1;
    }

    private static void write(char[] line, int at, String text) {
        for (int i = 0; i < text.length() && at + i < line.length; i++) {
            line[at + i] = text.charAt(i);
        }
    }

    private void cells(HeatMap map, HeatMap.Row row, StringBuilder out) {
        for (int w = 0; w < map.observedWindows(); w++) {
            double heat = HeatScale.heat(row.observed(w), row.hottest());
            cell(heat, heat, out);
        }
        out.append(colour ? PLAIN + SOFT + "│" : "|");
        for (int w = 0; w < map.predictedWindows(); w++) {
            cell(HeatScale.heat(row.p90(w), row.hottest()), HeatScale.heat(row.p50(w), row.hottest()), out);
        }
        out.append(colour ? PLAIN : "");
    }

    private void cell(double upper, double lower, StringBuilder out) {
        if (Double.isNaN(upper) || Double.isNaN(lower)) {
            out.append(colour ? PLAIN + SOFT + "·" : " ");
        } else if (colour) {
            out.append("\u001b[38;5;").append(HeatScale.DARK.terminalColour(upper));
            out.append(";48;5;")
                    .append(HeatScale.DARK.terminalColour(lower))
                    .append('m')
                    .append(UPPER_HALF);
        } else {
            int level = (int) Math.round(Math.max(0, Math.min(1, lower)) * (RAMP.length() - 1));
            out.append(RAMP.charAt(level));
        }
    }

    private void legend(HeatMap map, StringBuilder out) {
        StringBuilder bar = new StringBuilder();
        if (colour) {
            for (int i = 0; i <= 12; i++) {
                bar.append("\u001b[48;5;")
                        .append(HeatScale.DARK.terminalColour(i / 12.0))
                        .append("m ");
            }
            bar.append(PLAIN);
        } else {
            bar.append(RAMP);
        }
        out.append(soft("0 ")).append(bar);
        boolean capacity = map.rows().get(0).hasCapacity();
        out.append(soft(
                capacity ? " capacity (right, " + map.unit() + ")" : " the row's peak (right, " + map.unit() + ")"));
        out.append(soft(colour ? "; after now: p90 above, p50 below" : "; after now: p50"))
                .append('\n');
    }

    private String soft(String text) {
        return colour ? SOFT + text + PLAIN : text;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Both ends of a long label: segments of one kind differ at their end. */
    private String shorten(String label, int width) {
        if (label.length() <= width) {
            return label;
        }
        String dots = colour ? "…" : "~";
        int head = (width - 1) / 2;
        return label.substring(0, head) + dots + label.substring(label.length() - (width - 1 - head));
    }
}
