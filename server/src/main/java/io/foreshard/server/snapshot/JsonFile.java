package io.foreshard.server.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a JSON file, plain or gzip, into values that know their places. */
final class JsonFile {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20)
                    .maxStringLength(1 << 16)
                    .build())
            .build();

    private final String file;
    private final JsonParser parser;

    private JsonFile(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * The file's one value.
     *
     * @throws InputException when it cannot be read or is not JSON
     */
    static JsonValue read(Path path) {
        String name = String.valueOf(path.getFileName());
        try (InputStream in = open(path)) {
            return read(name, in);
        } catch (NoSuchFileException e) {
            throw new InputException(ErrorCode.FILE, "there is no snapshot " + path + ": check the path", e);
        } catch (ZipException e) {
            throw new InputException(ErrorCode.CONTENT, path + " ends in .gz, but is not gzip: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InputException(ErrorCode.FILE, "cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path path) throws IOException {
        InputStream raw = Files.newInputStream(path);
        if (!path.toString().endsWith(".gz")) {
            return new BufferedInputStream(raw);
        }
        try {
            return new GZIPInputStream(raw, 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The one value of a stream; {@code name} is what messages call it. */
    static JsonValue read(String name, InputStream in) throws IOException {
        try (JsonParser parser = JSON.createParser(in)) {
            JsonFile file = new JsonFile(name, parser);
            if (parser.nextToken() == null) {
                throw new InputException(ErrorCode.CONTENT, name + " is empty: expected a JSON object");
            }
            JsonValue value = file.value("");
            if (parser.nextToken() != null) {
                throw new InputException(
                        ErrorCode.CONTENT, name + ":" + file.line() + ": something follows the snapshot: remove it");
            }
            return value;
        } catch (JsonParseException | StreamConstraintsException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw new InputException(
                    ErrorCode.CONTENT,
                    name + ":" + line + ":" + column + " is not JSON that can be used: " + e.getOriginalMessage(),
                    e);
        }
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private JsonValue value(String path) throws IOException {
        int line = line();
        return switch (parser.currentToken()) {
            case START_OBJECT -> new JsonValue(file, line, path, object(path));
            case START_ARRAY -> new JsonValue(file, line, path, list(path));
            case VALUE_STRING -> new JsonValue(file, line, path, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue(file, line, path, number(path));
            case VALUE_TRUE, VALUE_FALSE -> new JsonValue(file, line, path, parser.getBooleanValue());
            default ->
                throw new InputException(
                        ErrorCode.CONTENT,
                        file + ":" + line + ": " + path + " is " + parser.getText() + ": leave the field out instead");
        };
    }

    private double number(String path) throws IOException {
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    file + ":" + line() + ": " + path + " is " + parser.getText() + ": expected a finite number");
        }
        return number;
    }

    private Map<String, JsonValue> object(String path) throws IOException {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(path.isEmpty() ? name : path + "." + name));
        }
        return fields;
    }

    /** A list; one that holds numbers only, which is what most of a snapshot is, as an array. */
    private Object list(String path) throws IOException {
        double[] numbers = new double[16];
        int count = 0;
        JsonToken token = parser.nextToken();
        while (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count] = number(path + "[" + count + "]");
            count++;
            token = parser.nextToken();
        }
        if (token == JsonToken.END_ARRAY && count > 0) {
            return Arrays.copyOf(numbers, count);
        }
        List<JsonValue> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(new JsonValue(file, line(), path + "[" + i + "]", numbers[i]));
        }
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            elements.add(value(path + "[" + elements.size() + "]"));
            parser.nextToken();
        }
        return elements;
    }
}
