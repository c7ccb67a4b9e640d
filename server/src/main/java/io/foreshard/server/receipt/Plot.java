package io.foreshard.server.receipt;

import java.util.ArrayList;
import java.util.List;

/**
 * The drawing of one chart: lines, bars and marks in an SVG that is stretched to whatever width there is.
 *
 * <p>Only shapes are inside: text beside them is HTML, so that it stays readable on a phone.
 */
final class Plot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 100;

    private final double yMax;
    private final List<String> shapes = new ArrayList<>();

    /** @param yMax the value at the upper edge, above 0 */
    Plot(double yMax) {
        this.yMax = yMax > 0 ? yMax : 1;
    }

    Plot line(double[] values, String cssClass) {
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
    Plot level(double value, String cssClass) {
        shapes.add("<path class=\"line " + cssClass + "\" d=\"M0 " + y(value) + "H" + WIDTH + "\"/>");
        return this;
    }

    Plot bars(double[] values, String cssClass) {
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

    /** The shapes alone, in a box of 1000 by 100. */
    String shapes() {
        return String.join("", shapes);
    }

    String svg(String label) {
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
