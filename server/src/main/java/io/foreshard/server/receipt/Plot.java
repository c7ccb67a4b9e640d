package io.foreshard.server.receipt;

import java.util.ArrayList;
import java.util.List;

/**
 * The drawing of one chart: lines, bars and marks in an SVG that is stretched to whatever width there is.
 *
 * <p>Only shapes are inside: text beside them is HTML, so that it stays readable on a phone.
 */
public final class Plot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 100;

    private final double yMax;
    private final List<String> shapes = new ArrayList<>();

    /** @param yMax the value at the upper edge, above 0 */
    public Plot(double yMax) {
        this.yMax = yMax > 0 ? yMax : 1;
    }

    public Plot line(double[] values, String cssClass) {
        StringBuilder path = new StringBuilder();
        boolean down = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                down = false;
                continue;
            }
            path.append(down ? 'L' : 'M')
                    .append(x(i, values.length))
                    .append(' ')
                    .append(y(values[i]));
            down = true;
        }
        shapes.add("<path class=\"line " + cssClass + "\" d=\"" + path + "\"/>");
        return this;
    }

    /** A horizontal line. */
    public Plot level(double value, String cssClass) {
        shapes.add("<path class=\"line " + cssClass + "\" d=\"M0 " + y(value) + "H" + WIDTH + "\"/>");
        return this;
    }

    public Plot bars(double[] values, String cssClass) {
        StringBuilder path = new StringBuilder();
        double width = (double) WIDTH / Math.max(1, values.length);
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                path.append('M')
                        .append(Markup.coordinate(i * width))
                        .append(' ')
                        .append(HEIGHT);
                path.append('V').append(y(values[i])).append('h').append(Markup.coordinate(Math.max(width, 1.5)));
                path.append('V').append(HEIGHT).append('z');
            }
        }
        shapes.add("<path class=\"bars " + cssClass + "\" d=\"" + path + "\"/>");
        return this;
    }

    /** The area between two rows of values, which are both there or both not. */
    public Plot band(double[] lower, double[] upper, String cssClass) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        while (from < lower.length) {
            int until = from;
            while (until < lower.length && !Double.isNaN(lower[until]) && !Double.isNaN(upper[until])) {
                until++;
            }
            for (int i = from; i < until; i++) {
                path.append(i == from ? 'M' : 'L')
                        .append(x(i, upper.length))
                        .append(' ')
                        .append(y(upper[i]));
            }
            for (int i = until - 1; i >= from; i--) {
                path.append('L').append(x(i, lower.length)).append(' ').append(y(lower[i]));
            }
            from = until > from ? until : from + 1;
        }
        shapes.add("<path class=\"band " + cssClass + "\" d=\"" + path + "\"/>");
        return this;
    }

    /** A vertical line behind {@code part}, 0..1, of the width. */
    public Plot moment(double part, String cssClass) {
        String at = Markup.coordinate(part * WIDTH);
        shapes.add("<path class=\"line " + cssClass + "\" d=\"M" + at + " 0V" + HEIGHT + "\"/>");
        return this;
    }

    /** The shapes alone, in a box of 1000 by 100. */
    String shapes() {
        return String.join("", shapes);
    }

    public String svg(String label) {
        return "<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" + Markup.escape(label) + "\">"
                + shapes() + "</svg>";
    }

    private static String x(int index, int count) {
        return Markup.coordinate((index + 0.5) * WIDTH / count);
    }

    private String y(double value) {
        return Markup.coordinate(HEIGHT - Math.min(value, yMax) / yMax * HEIGHT);
    }
}
