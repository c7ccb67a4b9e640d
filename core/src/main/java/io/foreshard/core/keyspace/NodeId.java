package io.foreshard.core.keyspace;

/**
 * The name of a node, such as {@code n3} or {@code rs3.example.org,16020}.
 *
 * @param name not empty
 */
public record NodeId(String name) implements Comparable<NodeId> {
    public NodeId {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a node needs a name");
        }
    }

    /** Numbers inside names compare as numbers, so that {@code n2} stands before {@code n10}. */
    @Override
    public int compareTo(NodeId other) {
        return NaturalOrder.compare(name, other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
