package io.foreshard.core.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where clients are and how far zones are from each other.
 *
 * @param clients bytes/s per client zone and partition
 * @param distances from one zone to another, in either direction; 0 within a zone, 1 between two that are not named
 */
public record Locality(List<ClientTraffic> clients, List<Distance> distances) {
    /** Nothing known: every other zone is equally far. */
    public static final Locality NONE = new Locality(List.of(), List.of());

    public Locality {
        clients = List.copyOf(clients);
        distances = List.copyOf(distances);
    }

    /** How far two zones are from each other: 0 is here, 1 is what an ordinary other zone is. */
    public double distance(String from, String to) {
        return table().distance(from, to);
    }

    Table table() {
        return new Table(distances);
    }

    /**
     * One pair of zones.
     *
     * @param factor what a byte between them costs; 1 is usual
     */
    public record Distance(String from, String to, double factor) {
        public Distance {
            if (!(factor >= 0) || Double.isInfinite(factor)) {
                throw new IllegalArgumentException("the distance of zones " + from + " and " + to + " is " + factor
                        + ": it must be a finite number, zero or more");
            }
        }
    }

    /** The distances by name. */
    static final class Table {
        private final Map<List<String>, Double> factors = new HashMap<>();

        private Table(List<Distance> distances) {
            for (Distance distance : distances) {
                factors.put(List.of(distance.from(), distance.to()), distance.factor());
                factors.put(List.of(distance.to(), distance.from()), distance.factor());
            }
        }

        double distance(String from, String to) {
            return from.equals(to) && !from.isEmpty() ? 0 : factors.getOrDefault(List.of(from, to), 1.0);
        }
    }
}
