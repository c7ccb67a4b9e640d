package io.foreshard.core.placement.cost;

import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.search.SearchSpace;

/**
 * How large every node is among the nodes that limit a resource, and what utilisation all would have if the load could
 * be spread evenly.
 *
 * <p>A node's cost is weighted by its size, because only then is the even utilisation also the cheapest one when
 * capacities differ.
 */
final class NodeShares {
    private final SearchSpace space;
    private final double[] share;
    private final double[] perCapacity;
    private final int[] limitedNodes;
    private final double[] largestCapacity;
    private final double[] evenUtilisation;

    NodeShares(SearchSpace space) {
        this.space = space;
        this.share = new double[space.nodes() * space.resources()];
        this.perCapacity = new double[share.length];
        this.limitedNodes = new int[space.resources()];
        this.largestCapacity = new double[space.resources()];
        this.evenUtilisation = new double[space.lanes()];
        for (int r = 0; r < space.resources(); r++) {
            measure(r);
        }
    }

    private void measure(int resource) {
        double sum = 0;
        boolean unlimited = false;
        for (int n = 0; n < space.nodes(); n++) {
            double capacity = space.capacity(n, resource);
            largestCapacity[resource] = Math.max(largestCapacity[resource], capacity);
            if (capacity == ResourceVector.UNLIMITED) {
                unlimited = true;
            } else {
                limitedNodes[resource]++;
                sum += capacity;
            }
        }
        for (int n = 0; n < space.nodes(); n++) {
            double capacity = space.capacity(n, resource);
            if (capacity != ResourceVector.UNLIMITED) {
                perCapacity[n * space.resources() + resource] = 1 / capacity;
                share[n * space.resources() + resource] = capacity * limitedNodes[resource] / sum;
            }
        }
        if (!unlimited) {
            spread(resource, sum);
        }
    }

    private void spread(int resource, double capacity) {
        int first = resource * space.windows();
        for (int p = 0; p < space.partitions(); p++) {
            for (int w = 0; w < space.windows(); w++) {
                evenUtilisation[first + w] += space.load(p, first + w) / capacity;
            }
        }
    }

    /** The node's capacity over the mean of those that are limited; 0 for an unlimited one. */
    double share(int node, int resource) {
        return share[node * space.resources() + resource];
    }

    /** One over the node's capacity; 0 for an unlimited one. */
    double perCapacity(int node, int resource) {
        return perCapacity[node * space.resources() + resource];
    }

    int limitedNodes(int resource) {
        return limitedNodes[resource];
    }

    double largestCapacity(int resource) {
        return largestCapacity[resource];
    }

    /** The utilisation of every node if load could be cut at will; 0 where some node is unlimited. */
    double evenUtilisation(int lane) {
        return evenUtilisation[lane];
    }
}
