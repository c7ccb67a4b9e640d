package io.foreshard.server.outlook;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.core.forecast.heat.HeatMap;
import io.foreshard.server.receipt.Figures;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** A heat map as a picture, drawn without a display. */
public final class HeatMapPng {
    private static final int WIDTH = 1400;
    private static final int MARGIN = 20;
    private static final int ROW = 18;
    private static final int GAP = 2;
    private static final int TITLE = 56;
    private static final int AXIS = 26;
    private static final int FOOT = 44;
    private static final int LABEL_MAX = 260;
    private static final int LABELS_MAX = 12;
    private static final Color INK = new Color(0x1c2024);
    private static final Color SOFT = new Color(0x5c656e);
    private static final Color MISSING = new Color(0xe6e9ec);

    private final HeatMap map;
    private final List<HeatMap.Row> rows;
    private final String title;
    private final Graphics2D pen;
    private final BufferedImage image;
    private int left;
    private int right;

    private HeatMapPng(HeatMap map, int rowsMax, String title) {
        this.rows = map.rows().subList(0, Math.min(rowsMax, map.rows().size()));
        this.title = title;
        int height = TITLE + AXIS + rows.size() * (ROW + GAP) + FOOT;
        image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        pen = graphics(image);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, WIDTH, height);
        FontMetrics letters = plain();
        left = MARGIN
                + Math.min(
                        LABEL_MAX,
                        rows.stream()
                                .mapToInt(row -> letters.stringWidth(row.label()))
                                .max()
                                .orElse(0))
                + 10;
        right = WIDTH
                - MARGIN
                - 10
                - rows.stream()
                        .mapToInt(row -> letters.stringWidth(LoadUnit.compact(row.hottest())))
                        .max()
                        .orElse(0);
        this.map = map.coarsened(right - left);
    }

    /**
     * The picture in PNG.
     *
     * @param rowsMax rows beyond the hottest so many are only counted
     */
    public static byte[] render(HeatMap map, int rowsMax, String title) {
        return new HeatMapPng(map, rowsMax, title).png();
    }

    private static Graphics2D graphics(BufferedImage image) {
        try {
            Graphics2D pen = image.createGraphics();
            pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            int unused = pen.getFontMetrics().stringWidth("0");
            return pen;
        } catch (LinkageError | InternalError | RuntimeException noFonts) {
            throw new InputException(
                    ErrorCode.FILE,
                    "a PNG needs a font, and this machine has none that Java can use: install fontconfig and a font"
                            + " (Debian: apt-get install fontconfig fonts-dejavu-core), or write --html instead.",
                    noFonts);
        }
    }

    private FontMetrics plain() {
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        return pen.getFontMetrics();
    }

    private byte[] png() {
        pen.setColor(INK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        pen.drawString(title, MARGIN, 28);
        axis();
        for (int r = 0; r < rows.size(); r++) {
            row(map.rows().get(r), rows.get(r), TITLE + AXIS + r * (ROW + GAP));
        }
        now();
        foot();
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a picture to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private void axis() {
        FontMetrics letters = plain();
        int free = left;
        for (HeatAxis.Tick tick : HeatAxis.ticks(map, LABELS_MAX)) {
            int x = x(tick.part());
            if (x >= free && x + letters.stringWidth(tick.text()) < WIDTH - MARGIN) {
                pen.setColor(MISSING);
                pen.drawLine(x, TITLE + AXIS - 8, x, TITLE + AXIS - 3);
                pen.setColor(SOFT);
                pen.drawString(tick.text(), x + 3, TITLE + AXIS - 6);
                free = x + letters.stringWidth(tick.text()) + 12;
            }
        }
    }

    private int x(double part) {
        return left + (int) Math.round(part * (right - left));
    }

    private void row(HeatMap.Row cells, HeatMap.Row exact, int y) {
        FontMetrics letters = plain();
        int columns = map.observedWindows() + map.predictedWindows();
        for (int c = 0; c < columns; c++) {
            int from = x((double) c / columns);
            int width = x((double) (c + 1) / columns) - from;
            int future = c - map.observedWindows();
            if (future < 0) {
                fill(HeatScale.heat(cells.observed(c), cells.hottest()), from, y, width, ROW);
            } else {
                fill(HeatScale.heat(cells.p90(future), cells.hottest()), from, y, width, ROW / 2);
                fill(HeatScale.heat(cells.p50(future), cells.hottest()), from, y + ROW / 2, width, ROW - ROW / 2);
            }
        }
        pen.setColor(INK);
        pen.drawString(fit(exact.label(), letters), MARGIN, y + ROW - 5);
        String peak = LoadUnit.compact(exact.hottest());
        pen.drawString(peak, WIDTH - MARGIN - letters.stringWidth(peak), y + ROW - 5);
    }

    private void fill(double heat, int x, int y, int width, int height) {
        pen.setColor(Double.isNaN(heat) ? MISSING : new Color(HeatScale.LIGHT.colour(heat)));
        pen.fillRect(x, y, width, height);
    }

    private static String fit(String label, FontMetrics letters) {
        String text = label;
        for (int keep = label.length(); letters.stringWidth(text) > LABEL_MAX && keep > 4; keep--) {
            text = label.substring(0, keep / 2) + "…" + label.substring(label.length() - keep / 2);
        }
        return text;
    }

    private void now() {
        int x = x(HeatAxis.now(map));
        FontMetrics letters = plain();
        pen.setColor(INK);
        pen.fillRect(x - 1, TITLE + 2, 2, AXIS + rows.size() * (ROW + GAP) - 2);
        pen.drawString("now", x - letters.stringWidth("now") / 2, TITLE - 2);
    }

    private void foot() {
        FontMetrics letters = plain();
        int y = image.getHeight() - FOOT + 14;
        for (int i = 0; i < 120; i++) {
            pen.setColor(new Color(HeatScale.LIGHT.colour(i / 119.0)));
            pen.fillRect(left + i, y, 1, 12);
        }
        pen.setColor(SOFT);
        pen.drawString("0", left - letters.stringWidth("0") - 5, y + 11);
        boolean capacity = !rows.isEmpty() && rows.get(0).hasCapacity();
        String text = (capacity ? "capacity" : "the row's peak") + " (right, " + map.unit()
                + "); right of now: p90 above, p50 below";
        if (rows.size() < map.rows().size()) {
            text += "; " + Figures.count(map.rows().size() - rows.size()) + " more "
                    + map.kind().plural() + " with a lower predicted peak";
        }
        pen.drawString(text, left + 126, y + 11);
    }
}
