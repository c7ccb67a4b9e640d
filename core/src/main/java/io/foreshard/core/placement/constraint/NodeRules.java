package io.foreshard.core.placement.constraint;

import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.Constraint;
import io.foreshard.core.placement.search.Exchange;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Partitions go only to nodes that every rule about them allows: pins, exclusions, label rules. Home is allowed. */
public final class NodeRules implements Constraint {
    private final List<Rule> rules;
    private final @Nullable BitSet[] allowed;

    /** The rules about {@code partitions} partitions. */
    public NodeRules(List<Rule> rules, int partitions) {
        this.rules = List.copyOf(rules);
        this.allowed = new BitSet[partitions];
        for (Rule rule : rules) {
            rule.partitions().stream().forEach(p -> allowed[p] = both(allowed[p], rule.nodes()));
        }
    }

    private static BitSet both(@Nullable BitSet first, BitSet second) {
        if (first == null || first.equals(second)) {
            return second;
        }
        BitSet both = (BitSet) first.clone();
        both.and(second);
        return both;
    }

    /**
     * One rule.
     *
     * @param name what people call it
     * @param partitions which it is about
     * @param nodes which it allows them
     */
    public record Rule(String name, BitSet partitions, BitSet nodes) {
        boolean allows(int partition, int node) {
            return nodes.get(node) || !partitions.get(partition);
        }
    }

    /** Whether every rule lets a partition be on a node. */
    public boolean allows(int partition, int node) {
        BitSet nodes = allowed[partition];
        return nodes == null || nodes.get(node);
    }

    /** The first rule that keeps a partition off a node. */
    public Optional<Rule> against(int partition, int node) {
        return rules.stream().filter(rule -> !rule.allows(partition, node)).findFirst();
    }

    @Override
    public String name() {
        return "node_rule";
    }

    @Override
    public Guard follow(Assignment assignment) {
        return new Guard() {
            @Override
            public boolean allows(Exchange change) {
                return mayGo(change.partition(), change.target())
                        && (change.returning() == assignment.space().nobody()
                                || mayGo(change.returning(), change.source()));
            }

            private boolean mayGo(int partition, int node) {
                return node == assignment.space().home(partition) || NodeRules.this.allows(partition, node);
            }

            @Override
            public Optional<String> refusal(Exchange change) {
                if (!mayGo(change.partition(), change.target())) {
                    return against(change.partition(), change.target()).map(rule -> "'" + rule.name() + "'");
                }
                return allows(change)
                        ? Optional.empty()
                        : against(change.returning(), change.source()).map(rule -> "'" + rule.name() + "'");
            }
        };
    }
}
