package io.foreshard.core.keyspace;

/**
 * One piece of a record's metadata, such as {@code tenant=acme}.
 *
 * @param name what the tag says something about; neither empty nor holding {@code '='}, {@code ';'} or a control
 *     character
 * @param value what it says; may be empty, holds neither {@code ';'} nor a control character
 */
public record Tag(String name, String value) implements Comparable<Tag> {
    public Tag {
        if (name.isEmpty() || name.indexOf('=') >= 0 || hasSeparator(name)) {
            throw new IllegalArgumentException(
                    "tag name '" + name + "' is empty or holds '=', ';' or a control character");
        }
        if (hasSeparator(value)) {
            throw new IllegalArgumentException(
                    "value '" + value + "' of tag " + name + " holds ';' or a control character");
        }
    }

    private static boolean hasSeparator(String text) {
        return text.chars().anyMatch(c -> c == ';' || c < 0x20);
    }

    @Override
    public int compareTo(Tag other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return name + "=" + value;
    }
}
