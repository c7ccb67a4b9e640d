package io.foreshard.core.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * How many items find a place when every place takes only so many: a maximum bipartite matching, by augmenting paths
 * (Kuhn, Naval Research Logistics Quarterly 2, 1955).
 */
final class Matching {
    private final List<BitSet> allowed;
    private final int capacity;
    private final List<List<Integer>> held = new ArrayList<>();
    private final boolean[] visited;

    private Matching(List<BitSet> allowed, int places, int capacity) {
        this.allowed = allowed;
        this.capacity = capacity;
        this.visited = new boolean[places];
        for (int place = 0; place < places; place++) {
            held.add(new ArrayList<>());
        }
    }

    /**
     * The most items that can be placed.
     *
     * @param allowed the places each item may have
     * @param capacity how many items each place takes
     */
    static int size(List<BitSet> allowed, int places, int capacity) {
        Matching matching = new Matching(allowed, places, capacity);
        int size = 0;
        for (int item = 0; item < allowed.size(); item++) {
            Arrays.fill(matching.visited, false);
            size += matching.place(item) ? 1 : 0;
        }
        return size;
    }

    private boolean place(int item) {
        BitSet places = allowed.get(item);
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            if (held.get(place).size() < capacity) {
                held.get(place).add(item);
                return true;
            }
        }
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            if (!visited[place]) {
                visited[place] = true;
                List<Integer> guests = held.get(place);
                for (int i = 0; i < guests.size(); i++) {
                    if (place(guests.get(i))) {
                        guests.set(i, item);
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
