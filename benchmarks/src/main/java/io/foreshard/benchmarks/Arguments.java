package io.foreshard.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A sub-command's options: {@code --name value}, or {@code --name} alone for a switch. */
final class Arguments {
    private final Map<String, String> values = new TreeMap<>();

    /**
     * @param known the names that take a value, without dashes
     * @param switches the names that stand alone
     */
    Arguments(List<String> words, Set<String> known, Set<String> switches) {
        for (int i = 0; i < words.size(); i++) {
            String name = words.get(i).startsWith("--") ? words.get(i).substring(2) : "";
            if (switches.contains(name)) {
                values.put(name, "true");
            } else if (known.contains(name) && i + 1 < words.size()) {
                values.put(name, words.get(++i));
            } else {
                throw new BenchmarkException(words.get(i)
                        + (known.contains(name)
                                ? " needs a value"
                                : " is not an option here: use --" + known + ", --" + switches));
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    int integer(String name, int otherwise) {
        String text = values.get(name);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new BenchmarkException("--" + name + " " + text + ": it must be a whole number");
        }
    }

    Path file(String name) {
        String text = values.get(name);
        if (text == null) {
            throw new BenchmarkException("--" + name + " FILE is missing");
        }
        Path path = Path.of(text);
        if (!Files.isReadable(path)) {
            throw new BenchmarkException("--" + name + " " + text + " is not a readable file");
        }
        return path;
    }
}
