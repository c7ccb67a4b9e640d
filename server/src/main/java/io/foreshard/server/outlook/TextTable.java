package io.foreshard.server.outlook;

import java.util.ArrayList;
import java.util.List;

/** Rows of text under each other: the first column to the left, figures to the right, remarks at the end free. */
public final class TextTable {
    private static final int GAP = 2;

    private final List<String> header;
    private final List<Boolean> right;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param header column titles; one that begins with {@code <} is aligned to the left
     */
    public TextTable(List<String> header) {
        this.header = header.stream()
                .map(title -> title.startsWith("<") ? title.substring(1) : title)
                .toList();
        this.right = header.stream().map(title -> !title.startsWith("<")).toList();
    }

    /** Adds a row. */
    public void row(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(cells.size() + " cells under " + header.size() + " titles");
        }
        rows.add(List.copyOf(cells));
    }

    /**
     * The table as lines.
     *
     * @param columnsMax lines are cut to this width, but never inside of the first column
     */
    public String render(int columnsMax) {
        int[] widths = new int[header.size()];
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, header);
        for (List<String> row : all) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                String space = " ".repeat(widths[c] - row.get(c).length());
                line.append(" ".repeat(c == 0 ? 0 : GAP));
                line.append(right.get(c) ? space + row.get(c) : row.get(c) + space);
            }
            String text = line.toString().stripTrailing();
            boolean cut = text.length() > columnsMax && columnsMax > widths[0] + 3;
            out.append(cut ? text.substring(0, columnsMax - 3) + "..." : text).append('\n');
        }
        return out.toString();
    }
}
