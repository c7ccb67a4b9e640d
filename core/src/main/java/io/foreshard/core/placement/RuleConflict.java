package io.foreshard.core.placement;

import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.keyspace.ResourceVector;
import io.foreshard.core.placement.search.Assignment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules that no placement can keep together, as few as show it: without any one of them the others can be kept, as far
 * as the relaxations below can tell.
 *
 * <p>Found by the deletion filter (Chinneck and Dravnieks, ORSA Journal on Computing 3, 1991): every rule is left out
 * in turn, and stays out when what is left still contradicts itself. Whether rules contradict each other is asked of
 * relaxations that never say so wrongly: the nodes left to a partition, a matching of a group with nodes or zones, and
 * what the partitions that share a set of nodes need of it.
 *
 * @param rules what people call them, in the order in which the problem lists them
 */
public record RuleConflict(List<String> rules) {
    public RuleConflict {
        rules = List.copyOf(rules);
    }

    /** The smallest contradiction that was found; empty when there is none. */
    public static Optional<RuleConflict> find(PlacementProblem problem) {
        Model model = new Model(problem);
        Search search = new Search(model);
        List<Rule> all = search.rules();
        // Too little room for everything is no contradiction between rules: more nodes are the answer to it.
        List<Rule> withoutRoom =
                all.stream().filter(rule -> !(rule instanceof Room)).toList();
        List<Rule> roomAlone = all.stream().filter(rule -> rule instanceof Room).toList();
        List<Rule> start = search.isContradiction(roomAlone) ? withoutRoom : all;
        if (!search.isContradiction(start)) {
            return Optional.empty();
        }
        return Optional.of(
                new RuleConflict(search.smallest(start).stream().map(Rule::name).toList()));
    }

    /** As one sentence. */
    @Override
    public String toString() {
        return rules.size() == 1
                ? "rule '" + rules.get(0) + "' cannot be kept by any placement"
                : "rules '" + String.join("', '", rules) + "' contradict each other: no placement keeps them all";
    }

    private sealed interface Rule {
        String name();
    }

    private record Allowed(String name, BitSet partitions, BitSet nodes) implements Rule {}

    private record Group(String name, BitSet partitions, boolean zones, int perPlace) implements Rule {}

    private record Spread(String name, BitSet partitions, int zonesMin) implements Rule {}

    private record Room(String name, int resource) implements Rule {}

    /** The rules of one problem, and the question whether some of them contradict each other. */
    private static final class Search {
        private final Model model;
        private final PlacementProblem problem;
        private final int nodes;
        private final int partitions;
        private final int[] zoneOf;
        private final int zones;
        private final Assignment present;
        private final List<BitSet> open = new ArrayList<>();

        Search(Model model) {
            this.model = model;
            this.problem = model.problem();
            this.present = new Assignment(model.searchSpace());
            this.nodes = problem.nodes().size();
            this.partitions = problem.partitions().size();
            this.zoneOf = model.zoneOf();
            this.zones = model.zoneIndex().size();
            BitSet accepting = new BitSet();
            for (int n = 0; n < nodes; n++) {
                Node node = problem.nodes().get(n);
                accepting.set(n, node.alive() && !problem.rules().closed().contains(node.id()));
            }
            for (int p = 0; p < partitions; p++) {
                BitSet own = (BitSet) accepting.clone();
                own.set(model.searchSpace().home(p));
                open.add(own);
            }
        }

        List<Rule> rules() {
            PlacementRules rules = problem.rules();
            List<Rule> all = new ArrayList<>();
            for (PlacedPartition partition : problem.partitions()) {
                if (rules.immovable().contains(partition.id())) {
                    all.add(new Allowed(
                            "immovable " + partition.name(),
                            model.partitions(Set.of(partition.id())),
                            model.nodes(Set.of(partition.node()))));
                }
                if (rules.pinned().containsKey(partition.id())) {
                    all.add(new Allowed(
                            "pin of " + partition.name(),
                            model.partitions(Set.of(partition.id())),
                            model.nodes(rules.pinned().getOrDefault(partition.id(), Set.of()))));
                }
            }
            for (PlacementRules.NodeRule rule : rules.nodeRules()) {
                all.add(new Allowed(rule.name(), model.partitions(rule.partitions()), model.nodes(rule.nodes())));
            }
            addDrains(all);
            for (PlacementRules.Apart group : rules.apart()) {
                all.add(new Group(group.name(), model.partitions(group.partitions()), group.zones(), 1));
            }
            for (PlacementRules.TableLimit limit : rules.tableLimits()) {
                all.add(new Group(limit.name(), ofTable(limit.table()), false, limit.partitionsPerNode()));
            }
            for (PlacementRules.Spread group : rules.spread()) {
                all.add(new Spread(group.name(), model.partitions(group.partitions()), group.zonesMin()));
            }
            addRoom(all);
            return all;
        }

        private void addDrains(List<Rule> all) {
            for (Node node : problem.nodes()) {
                if (problem.rules().draining().contains(node.id())) {
                    BitSet everything = new BitSet();
                    everything.set(0, partitions);
                    BitSet elsewhere = new BitSet();
                    elsewhere.set(0, nodes);
                    elsewhere.clear(model.indexOf(node.id()));
                    all.add(new Allowed("drain of " + node.id(), everything, elsewhere));
                }
            }
        }

        private void addRoom(List<Rule> all) {
            for (int r = 0; r < problem.load().resources().size(); r++) {
                Resource resource = problem.load().resources().get(r);
                if (problem.rules().hardResources().contains(resource)) {
                    all.add(new Room("capacity of " + resource.label(), r));
                }
            }
        }

        private BitSet ofTable(String table) {
            BitSet set = new BitSet();
            for (int p = 0; p < partitions; p++) {
                set.set(p, problem.partitions().get(p).table().equals(table));
            }
            return set;
        }

        /** Leaves out what is not needed for the contradiction: halves first, single rules in the end. */
        List<Rule> smallest(List<Rule> rules) {
            List<Rule> kept = new ArrayList<>(rules);
            for (int chunk = Math.max(1, kept.size() / 2); ; chunk = Math.max(1, chunk / 2)) {
                for (int from = 0; from < kept.size(); ) {
                    List<Rule> without = new ArrayList<>(kept.subList(0, from));
                    without.addAll(kept.subList(Math.min(kept.size(), from + chunk), kept.size()));
                    if (isContradiction(without)) {
                        kept = without;
                    } else {
                        from += chunk;
                    }
                }
                if (chunk == 1) {
                    return kept;
                }
            }
        }

        boolean isContradiction(List<Rule> rules) {
            List<BitSet> allowed = new ArrayList<>(open);
            for (Rule rule : rules) {
                if (rule instanceof Allowed limit && restrict(allowed, limit)) {
                    return true;
                }
            }
            for (Rule rule : rules) {
                if ((rule instanceof Group group && isCrowded(allowed, group))
                        || (rule instanceof Spread spread && isTooNarrow(allowed, spread))
                        || (rule instanceof Room room && isTooSmall(allowed, room))) {
                    return true;
                }
            }
            return false;
        }

        /** Whether a partition is left without any node. */
        private static boolean restrict(List<BitSet> allowed, Allowed rule) {
            BitSet about = rule.partitions();
            for (int p = about.nextSetBit(0); p >= 0; p = about.nextSetBit(p + 1)) {
                BitSet left = (BitSet) allowed.get(p).clone();
                left.and(rule.nodes());
                if (left.isEmpty()) {
                    return true;
                }
                allowed.set(p, left);
            }
            return false;
        }

        private boolean isCrowded(List<BitSet> allowed, Group group) {
            List<BitSet> places = places(allowed, group.partitions(), group.zones());
            return Matching.size(places, group.zones() ? zones : nodes, group.perPlace()) < places.size();
        }

        private boolean isTooNarrow(List<BitSet> allowed, Spread spread) {
            return Matching.size(places(allowed, spread.partitions(), true), zones, 1) < spread.zonesMin();
        }

        private List<BitSet> places(List<BitSet> allowed, BitSet partitions, boolean byZone) {
            List<BitSet> places = new ArrayList<>();
            for (int p = partitions.nextSetBit(0); p >= 0; p = partitions.nextSetBit(p + 1)) {
                BitSet own = allowed.get(p);
                if (byZone) {
                    own = new BitSet();
                    for (int n = allowed.get(p).nextSetBit(0);
                            n >= 0;
                            n = allowed.get(p).nextSetBit(n + 1)) {
                        own.set(zoneOf[n]);
                    }
                }
                places.add(own);
            }
            return places;
        }

        /**
         * Whether the partitions that may be nowhere but in some set of nodes need more than it has. Nodes that hold
         * more as things are may go on holding it.
         */
        private boolean isTooSmall(List<BitSet> allowed, Room room) {
            Map<BitSet, double[]> needs = new LinkedHashMap<>();
            for (int p = 0; p < partitions; p++) {
                double[] sum = needs.computeIfAbsent(
                        allowed.get(p), set -> new double[problem.load().windows()]);
                for (int w = 0; w < sum.length; w++) {
                    sum[w] += problem.load().amount(p, room.resource(), w);
                }
            }
            for (BitSet set : needs.keySet()) {
                double[] needed = new double[problem.load().windows()];
                needs.forEach((other, sum) -> {
                    BitSet outside = (BitSet) other.clone();
                    outside.andNot(set);
                    for (int w = 0; outside.isEmpty() && w < needed.length; w++) {
                        needed[w] += sum[w];
                    }
                });
                if (isMore(needed, set, room.resource())) {
                    return true;
                }
            }
            return false;
        }

        private boolean isMore(double[] needed, BitSet set, int resource) {
            double capacity = 0;
            for (int n = set.nextSetBit(0); n >= 0; n = set.nextSetBit(n + 1)) {
                double one = model.searchSpace().capacity(n, resource);
                capacity = one == ResourceVector.UNLIMITED || capacity == ResourceVector.UNLIMITED
                        ? ResourceVector.UNLIMITED
                        : capacity + one;
            }
            for (int w = 0; w < needed.length; w++) {
                double limit = Math.max(capacity * problem.settings().headroom(), held(set, resource, w));
                if (needed[w] > limit * (1 + 1e-9)) {
                    return true;
                }
            }
            return false;
        }

        private double held(BitSet set, int resource, int window) {
            double sum = 0;
            for (int n = set.nextSetBit(0); n >= 0; n = set.nextSetBit(n + 1)) {
                sum += present.usage(n, resource * problem.load().windows() + window);
            }
            return sum;
        }
    }
}
