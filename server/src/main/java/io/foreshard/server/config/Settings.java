package io.foreshard.server.config;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One section of a configuration file: named settings, each with the place where it was written.
 *
 * <p>Whoever owns a section reads its settings by name, then calls {@link #refuseUnknown()}: what nobody asked for is a
 * misspelt setting. A setting that is absent is empty, never a default: the default belongs to the owner. Used by one
 * thread.
 *
 * <p>Every accessor throws {@link InputException} with file, line, setting, found and expected when the value is not of
 * its kind.
 */
public final class Settings {
    private final String file;
    private final String path;
    private final int line;
    private final Map<String, NodeTuple> values = new TreeMap<>();
    private final Set<String> asked = new TreeSet<>();

    private Settings(String file, String path, int line) {
        this.file = file;
        this.path = path;
        this.line = line;
    }

    /** A section that nobody wrote: every setting is absent. */
    public static Settings none() {
        return new Settings("", "", 0);
    }

    static Settings of(String file, String path, MappingNode node) {
        Settings settings = new Settings(file, path, line(node));
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw error(file + ":" + line(entry.getKeyNode()) + ": the name of a setting must be a plain word");
            }
            NodeTuple earlier = settings.values.put(key.getValue(), entry);
            if (earlier != null) {
                throw error(settings.pathOf(key.getValue()) + " is set twice (" + settings.place(earlier.getKeyNode())
                        + " and " + settings.place(key) + "): keep one of them");
            }
        }
        return settings;
    }

    /** The names that were written, in their order of bytes; for sections whose names are the user's own. */
    public Set<String> names() {
        asked.addAll(values.keySet());
        return new TreeSet<>(values.keySet());
    }

    public boolean has(String name) {
        return value(name).isPresent();
    }

    public Optional<String> text(String name) {
        return value(name).map(node -> scalar(name, node, "one value"));
    }

    /** The text of a setting that must be there. */
    public String requiredText(String name) {
        return text(name)
                .orElseThrow(() -> error(
                        pathOf(name) + " is missing (" + file + ":" + line + "): this section cannot do without it"));
    }

    /** A finite number. */
    public OptionalDouble number(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text.get());
            if (Double.isFinite(number)) {
                return OptionalDouble.of(number);
            }
        } catch (NumberFormatException notANumber) {
            throw refuse(name, "a number");
        }
        throw refuse(name, "a finite number");
    }

    public OptionalLong wholeNumber(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get().replace("_", "")));
        } catch (NumberFormatException notANumber) {
            throw refuse(name, "a whole number");
        }
    }

    /** A duration, written as {@link Durations#FORM}. */
    public Optional<Duration> duration(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> duration = Durations.parse(text.get());
        if (duration.isEmpty()) {
            throw refuse(name, Durations.FORM);
        }
        return duration;
    }

    public Optional<Boolean> flag(String name) {
        return text(name).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refuse(name, "true or false");
        });
    }

    /** A list of values; a single value is a list of one. Empty when absent. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(name)) {
            texts.add(scalar(name, item, "a list of values"));
        }
        return List.copyOf(texts);
    }

    /** A section below this one; one without settings when it is absent. */
    public Settings section(String name) {
        Optional<Node> value = value(name);
        return value.isEmpty() ? none() : mapping(name, pathOf(name), value.get());
    }

    /** A list of sections; empty when absent. */
    public List<Settings> sections(String name) {
        List<Settings> sections = new ArrayList<>();
        for (Node item : items(name)) {
            sections.add(mapping(name, pathOf(name) + "[" + sections.size() + "]", item));
        }
        return List.copyOf(sections);
    }

    /** The list under a name where an item may be a text or a section of its own. Empty when absent. */
    public List<Item> items(String name, String expected) {
        List<Item> items = new ArrayList<>();
        for (Node node : items(name)) {
            String itemPath = pathOf(name) + "[" + items.size() + "]";
            if (node instanceof MappingNode mapping) {
                items.add(new Item(null, of(file, itemPath, mapping), place(node)));
            } else {
                items.add(new Item(scalar(name, node, expected), none(), place(node)));
            }
        }
        return List.copyOf(items);
    }

    /** Where a setting was written: {@code foreshard.yaml:12}; where the section begins when it is absent. */
    public String place(String name) {
        NodeTuple entry = values.get(name);
        return entry == null ? file + ":" + line : place(entry.getKeyNode());
    }

    /**
     * Where a character of a text was written, {@code foreshard.yaml:12:31}, so that an error inside of a longer text
     * can be pointed at. In a block of several lines the column counts within the block.
     *
     * @param name a setting with a text
     * @param line of the text, from 1
     * @param column within that line, from 1
     */
    public String place(String name, int line, int column) {
        NodeTuple entry = values.get(name);
        if (entry == null || !(entry.getValueNode() instanceof ScalarNode text)) {
            return place(name);
        }
        Mark start = text.getStartMark();
        boolean block = text.getScalarStyle() == DumperOptions.ScalarStyle.LITERAL
                || text.getScalarStyle() == DumperOptions.ScalarStyle.FOLDED;
        if (block || line > 1) {
            return file + ":" + (start.getLine() + line + (block ? 1 : 0)) + ":" + column;
        }
        int quote = text.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN ? 0 : 1;
        return file + ":" + (start.getLine() + 1) + ":" + (start.getColumn() + quote + column);
    }

    /**
     * The error for a value that is of its kind but cannot be used.
     *
     * @param expected what would be right, and what to do
     */
    public InputException refuse(String name, String expected) {
        NodeTuple entry = values.get(name);
        String found = entry == null ? "missing" : found(entry.getValueNode());
        return error(pathOf(name) + " is " + found + " (" + place(name) + "): expected " + expected);
    }

    /**
     * Refuses settings that nobody has asked for until now.
     *
     * @throws InputException naming the first of them and the names that there are
     */
    public void refuseUnknown() {
        for (String name : values.keySet()) {
            if (!asked.contains(name)) {
                throw error(pathOf(name) + " (" + place(name) + ") is not a setting: expected "
                        + (asked.isEmpty() ? "nothing here" : "one of " + String.join(", ", asked)));
            }
        }
    }

    /** An item of a mixed list: either a text or a section. */
    public static final class Item {
        private final @Nullable String text;
        private final Settings section;
        private final String place;

        private Item(@Nullable String text, Settings section, String place) {
            this.text = text;
            this.section = section;
            this.place = place;
        }

        /** The text; empty when the item is a section. */
        public Optional<String> text() {
            return Optional.ofNullable(text);
        }

        public Settings section() {
            return section;
        }

        /** Where it was written: {@code foreshard.yaml:12}. */
        public String place() {
            return place;
        }
    }

    private Optional<Node> value(String name) {
        asked.add(name);
        NodeTuple entry = values.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.getValueNode().getTag().equals(Tag.NULL)) {
            throw error(pathOf(name) + " is empty (" + place(name) + "): give it a value or remove it");
        }
        return Optional.of(entry.getValueNode());
    }

    private List<Node> items(String name) {
        Optional<Node> value = value(name);
        if (value.isEmpty()) {
            return List.of();
        }
        return value.get() instanceof SequenceNode list ? list.getValue() : List.of(value.get());
    }

    private Settings mapping(String name, String childPath, Node node) {
        if (node instanceof MappingNode mapping) {
            return of(file, childPath, mapping);
        }
        throw refuse(name, "settings below it, each NAME: VALUE on a line of its own");
    }

    private String scalar(String name, Node node, String expected) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw error(pathOf(name) + " is " + found(node) + " (" + place(node) + "): expected " + expected);
    }

    private static String found(Node node) {
        if (node instanceof ScalarNode scalar) {
            return "'" + scalar.getValue() + "'";
        }
        return node instanceof SequenceNode ? "a list" : "a section";
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private String place(Node node) {
        return file + ":" + line(node);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static InputException error(String message) {
        return new InputException(ErrorCode.SETTING, message);
    }
}
