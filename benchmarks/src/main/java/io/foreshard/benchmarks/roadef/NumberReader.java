package io.foreshard.benchmarks.roadef;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** White-space-separated whole numbers of a file, plain or gzip. */
final class NumberReader implements AutoCloseable {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int length;
    private int position;

    NumberReader(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        this.in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
    }

    /** The next number; it is an error when there is none. */
    long next() throws IOException {
        int c = skipWhite();
        if (c < '0' || c > '9') {
            throw c < 0
                    ? new EOFException("the file ends where a number was expected")
                    : new IOException("'" + (char) c + "' where a number, zero or more, was expected");
        }
        long value = 0;
        for (; c >= '0' && c <= '9'; c = read()) {
            value = Math.addExact(Math.multiplyExact(value, 10L), c - '0');
        }
        return value;
    }

    int nextInt() throws IOException {
        return Math.toIntExact(next());
    }

    /** Fills an array. */
    int[] nextInts(int count) throws IOException {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = nextInt();
        }
        return values;
    }

    boolean atEnd() throws IOException {
        return skipWhite() < 0;
    }

    private int skipWhite() throws IOException {
        int c = read();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = read();
        }
        return c;
    }

    private int read() throws IOException {
        if (position == length) {
            length = Math.max(0, in.read(buffer));
            position = 0;
            if (length == 0) {
                return -1;
            }
        }
        return buffer[position++];
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
