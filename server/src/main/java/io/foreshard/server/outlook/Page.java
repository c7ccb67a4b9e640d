package io.foreshard.server.outlook;

import io.foreshard.server.receipt.ChartData;
import io.foreshard.server.receipt.Markup;
import io.foreshard.server.receipt.ReceiptHtml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An HTML page in the making: one file that loads nothing from anywhere, in the look of the receipt. */
final class Page {
    private final StringBuilder out = new StringBuilder(1 << 16);
    private int charts;

    /** @param brand what kind of page it is, above its title */
    Page(String brand, String title) {
        out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
        out.append(Markup.escape(brand + ": " + title)).append("</title>\n<style>\n");
        out.append(resource(ReceiptHtml.class, "receipt.css")).append(resource(Page.class, "outlook.css"));
        out.append("</style></head>\n<body><main>\n<header><p class=\"brand\">").append(Markup.escape(brand));
        out.append("</p><h1>").append(Markup.escape(title)).append("</h1>\n");
    }

    /** Ready-made markup. */
    Page add(String markup) {
        out.append(markup);
        return this;
    }

    Page text(String text) {
        out.append(Markup.escape(text));
        return this;
    }

    Page heading(String text, String explanation) {
        out.append("<h2>").append(Markup.escape(text)).append("</h2>\n");
        return explanation.isEmpty() ? this : paragraph("explain", explanation);
    }

    Page paragraph(String cssClass, String text) {
        out.append("<p class=\"")
                .append(cssClass)
                .append("\">")
                .append(Markup.escape(text))
                .append("</p>\n");
        return this;
    }

    /** A figure whose values show where a reader points. */
    Page chart(String drawing, ChartData data) {
        out.append("<figure class=\"chart\" data-chart=\"")
                .append(charts)
                .append("\">")
                .append(drawing);
        out.append("</figure>\n");
        return data("chart" + charts++, data.json());
    }

    /** JSON for the page's scripts. */
    Page data(String id, String json) {
        out.append("<script type=\"application/json\" id=\"").append(id).append("\">");
        out.append(Markup.escapeScript(json)).append("</script>\n");
        return this;
    }

    /** The whole page. */
    String end() {
        out.append("</main>\n<div id=\"tip\" hidden></div>\n<script>\n");
        out.append(resource(ReceiptHtml.class, "receipt.js")).append(resource(Page.class, "outlook.js"));
        return out.append("</script></body></html>\n").toString();
    }

    private static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading resource " + name + " failed", e);
        }
    }
}
