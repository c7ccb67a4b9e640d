package io.foreshard.server.receipt;

import java.util.Locale;

/** Text inside of HTML and SVG. */
public final class Markup {
    private Markup() {}

    /** {@code text} as content or attribute value. */
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** JSON that is safe inside a script element. */
    public static String escapeScript(String json) {
        return json.replace("<", "\\u003c");
    }

    /** A coordinate or percentage: two decimals are finer than a pixel. */
    public static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
