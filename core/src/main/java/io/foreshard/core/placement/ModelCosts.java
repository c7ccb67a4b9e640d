package io.foreshard.core.placement;

import io.foreshard.core.placement.cost.Churn;
import io.foreshard.core.placement.cost.ClientDistance;
import io.foreshard.core.placement.cost.Drain;
import io.foreshard.core.placement.cost.Evenness;
import io.foreshard.core.placement.cost.Lineage;
import io.foreshard.core.placement.cost.Misplaced;
import io.foreshard.core.placement.cost.Moves;
import io.foreshard.core.placement.cost.NodesInUse;
import io.foreshard.core.placement.cost.Overload;
import io.foreshard.core.placement.cost.Transfer;
import io.foreshard.core.placement.search.CostTerm;
import io.foreshard.core.placement.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/** The prices of a placement problem as the search sums them up. */
final class ModelCosts {
    private final Model model;
    private final PlacementProblem problem;
    private final PlacementSettings settings;
    private final PlacementSettings.Weights weights;

    ModelCosts(Model model) {
        this.model = model;
        this.problem = model.problem();
        this.settings = problem.settings();
        this.weights = settings.weights();
    }

    List<CostTerm> terms(double moveFactor) {
        SearchSpace space = model.searchSpace();
        List<CostTerm> terms = new ArrayList<>();
        if (weights.overload() > 0) {
            terms.add(new Overload(space, weights.overload(), settings.headroom()));
        }
        if (weights.evenness() > 0) {
            terms.add(new Evenness(space, weights.evenness()));
        }
        if (weights.transfer() > 0 && !model.affinity().isEmpty()) {
            terms.add(new Transfer(model.affinity(), weights.transfer() / settings.copyBytesPerSecond()));
        }
        if (weights.client() > 0 && !problem.locality().clients().isEmpty()) {
            terms.add(clientDistance());
        }
        if (weights.lineage() > 0 && problem.partitions().stream().anyMatch(p -> p.kin() != null)) {
            terms.add(new Lineage(kinNodes(), model.zoneOf(), weights.lineage()));
        }
        if (weights.nodeInUse() > 0) {
            terms.add(new NodesInUse(space, weights.nodeInUse()));
        }
        addDuties(terms);
        terms.add(new Moves(movePrices(moveFactor)));
        return terms;
    }

    /** What is owed to rules, drained nodes and partitions that have just moved. */
    private void addDuties(List<CostTerm> terms) {
        PlacementRules rules = problem.rules();
        if (weights.drain() > 0 && !rules.draining().isEmpty()) {
            terms.add(new Drain(model.nodes(rules.draining()), weights.drain()));
        }
        if (weights.misplaced() > 0
                && !(rules.nodeRules().isEmpty() && rules.pinned().isEmpty())) {
            terms.add(new Misplaced(model.rulesOfNodes(), weights.misplaced()));
        }
        if (weights.churn() > 0
                && problem.partitions().stream()
                        .anyMatch(p -> p.moved().hoursAgo() < problem.load().hours())) {
            terms.add(new Churn(churnPrices()));
        }
    }

    /** Both nodes are busy while a partition is copied; what a move costs beside that was measured, or is assumed. */
    double[] movePrices(double factor) {
        double perHour = factor * weights.move() / problem.load().hours();
        return problem.partitions().stream()
                .mapToDouble(p -> perHour * (warmUp(p) + 2 * p.bytes() / settings.copyBytesPerSecond() / 3600))
                .toArray();
    }

    private double warmUp(PlacedPartition partition) {
        double measured = partition.moved().warmUpHours();
        return Double.isNaN(measured) ? settings.moveHours() : measured;
    }

    private double[] churnPrices() {
        double hours = problem.load().hours();
        return problem.partitions().stream()
                .mapToDouble(
                        p -> weights.churn() / hours * Math.max(0, 1 - p.moved().hoursAgo() / hours))
                .toArray();
    }

    private ClientDistance clientDistance() {
        int zones = model.zoneIndex().size();
        double[] price = new double[problem.partitions().size() * zones];
        double perByte = weights.client() / settings.copyBytesPerSecond();
        Locality.Table distances = problem.locality().table();
        for (ClientTraffic traffic : problem.locality().clients()) {
            int row = model.indexOf(traffic.partition()) * zones;
            model.zoneIndex()
                    .forEach((zone, z) -> price[row + z] +=
                            perByte * traffic.bytesPerSecond() * distances.distance(traffic.zone(), zone));
        }
        return new ClientDistance(price, model.zoneOf(), zones);
    }

    private int[] kinNodes() {
        return problem.partitions().stream()
                .mapToInt(p -> p.kin() == null ? Lineage.NO_KIN : model.indexOf(p.kin()))
                .toArray();
    }
}
