package io.foreshard.core.placement.cost;

import io.foreshard.core.placement.search.AffinityGraph;
import io.foreshard.core.placement.search.Assignment;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.Exchange;

/** What it costs that partitions which are used together are on different nodes: the weight of the edges cut. */
public final class Transfer implements CostTerm {
    private final AffinityGraph graph;
    private final double weight;

    public Transfer(AffinityGraph graph, double weight) {
        this.graph = graph;
        this.weight = weight;
    }

    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public double lowerBound() {
        return 0;
    }

    @Override
    public Evaluator follow(Assignment assignment) {
        return new Cut(assignment);
    }

    private final class Cut implements Evaluator {
        private final Assignment assignment;

        Cut(Assignment assignment) {
            this.assignment = assignment;
        }

        @Override
        public double total() {
            double sum = 0;
            for (int p = 0; p < assignment.space().partitions(); p++) {
                for (int e = graph.firstEdge(p); e < graph.firstEdge(p + 1); e++) {
                    if (assignment.nodeOf(graph.neighbour(e)) != assignment.nodeOf(p)) {
                        sum += graph.weight(e);
                    }
                }
            }
            return weight * sum / 2;
        }

        @Override
        public double delta(Exchange change) {
            double sum = gain(change.partition(), change.returning(), change.source(), change.target());
            if (change.returning() != assignment.space().nobody()) {
                sum += gain(change.returning(), change.partition(), change.target(), change.source());
            }
            return weight * sum;
        }

        /** The edge between the two that change places stays cut. */
        private double gain(int partition, int partner, int source, int target) {
            double sum = 0;
            for (int e = graph.firstEdge(partition); e < graph.firstEdge(partition + 1); e++) {
                int other = graph.neighbour(e);
                if (other != partner) {
                    int node = assignment.nodeOf(other);
                    sum += node == source ? graph.weight(e) : node == target ? -graph.weight(e) : 0;
                }
            }
            return sum;
        }
    }
}
