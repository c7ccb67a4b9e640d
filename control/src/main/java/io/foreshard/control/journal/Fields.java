package io.foreshard.control.journal;

import java.util.List;

/** The written form of a record's body: one {@code name=value} line per field, in a fixed order. */
final class Fields {
    private Fields() {}

    /** Writes fields. */
    static final class Writer {
        private final StringBuilder text = new StringBuilder();

        Writer text(String name, String value) {
            text.append(name).append('=');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '\\' -> text.append("\\\\");
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    default -> text.append(c);
                }
            }
            text.append('\n');
            return this;
        }

        Writer number(String name, long value) {
            return text(name, Long.toString(value));
        }

        Writer decimal(String name, double value) {
            return text(name, Double.toString(value));
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** Reads fields back in the order in which they were written. */
    static final class Reader {
        private final List<String> lines;
        private int next;

        Reader(String body) {
            lines = body.lines().toList();
        }

        String text(String name) {
            if (next >= lines.size() || !lines.get(next).startsWith(name + "=")) {
                throw new IllegalArgumentException("field '" + name + "' expected, found "
                        + (next < lines.size() ? "'" + lines.get(next) + "'" : "the end"));
            }
            return unescape(lines.get(next++).substring(name.length() + 1));
        }

        long number(String name) {
            return Long.parseLong(text(name));
        }

        double decimal(String name) {
            return Double.parseDouble(text(name));
        }

        void end() {
            if (next != lines.size()) {
                throw new IllegalArgumentException("'" + lines.get(next) + "' stands behind the last field");
            }
        }

        private static String unescape(String value) {
            if (value.indexOf('\\') < 0) {
                return value;
            }
            StringBuilder out = new StringBuilder(value.length());
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c != '\\') {
                    out.append(c);
                } else if (++i < value.length()) {
                    char escaped = value.charAt(i);
                    out.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
                } else {
                    throw new IllegalArgumentException("'" + value + "' ends in the middle of an escape");
                }
            }
            return out.toString();
        }
    }
}
