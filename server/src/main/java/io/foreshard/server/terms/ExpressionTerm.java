package io.foreshard.server.terms;

import dev.cel.runtime.CelEvaluationException;
import io.foreshard.core.keyspace.Node;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.placement.ClientTraffic;
import io.foreshard.core.placement.CostTermFactory;
import io.foreshard.core.placement.PlacedPartition;
import io.foreshard.core.placement.PlacementProblem;
import io.foreshard.core.placement.cost.LoadCurve;
import io.foreshard.core.placement.cost.NodePrices;
import io.foreshard.core.placement.cost.PriceTable;
import io.foreshard.core.placement.search.CostTerm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cost term of an expression: evaluated into a table before the search starts, looked up while it runs.
 *
 * <p>Partitions that are the same in all the variables that the expression looks at share a row of the table, and nodes
 * a column, so an expression over tables and zones is evaluated a dozen times, whatever the size of the cluster.
 */
final class ExpressionTerm implements CostTermFactory {
    private static final long CELLS_MAX = 4_000_000;
    private static final int CURVE_STEPS = 100;
    private static final int CURVE_POINTS = 301;
    private static final int LOOK_AT_CLOCK_EVERY = 64;

    private final String name;
    private final CostExpression expression;
    private final Duration timeout;
    private final InstantSource clock;

    ExpressionTerm(String name, CostExpression expression, Duration timeout, InstantSource clock) {
        this.name = name;
        this.expression = expression;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CostTerm create(Context context) {
        return new Evaluation(context).term();
    }

    /** The variables of all partitions or nodes, those that are alike counted once. */
    private static final class Kinds {
        private final Map<Map<String, Object>, Integer> indexOf = new HashMap<>();
        private final List<Map<String, Object>> variables = new ArrayList<>();

        int add(Map<String, Object> own) {
            Integer known = indexOf.putIfAbsent(own, variables.size());
            if (known != null) {
                return known;
            }
            variables.add(own);
            return variables.size() - 1;
        }
    }

    /** One evaluation of the expression over one problem. */
    private final class Evaluation {
        private final PlacementProblem problem;
        private final Context context;
        private final Map<Object, Map<String, Double>> clientBytes = new HashMap<>();
        private final Instant deadline = clock.instant().plus(timeout);
        private long evaluations;

        Evaluation(Context context) {
            this.context = context;
            this.problem = context.problem();
            for (ClientTraffic traffic : problem.locality().clients()) {
                clientBytes
                        .computeIfAbsent(traffic.partition(), p -> new TreeMap<>())
                        .merge(traffic.zone(), traffic.bytesPerSecond(), Double::sum);
            }
        }

        CostTerm term() {
            return switch (expression.per()) {
                case NODE -> nodePrices();
                case PARTITION -> table(false);
                case MOVE -> table(true);
                case LOAD -> loadCurve();
            };
        }

        private CostTerm nodePrices() {
            Kinds kinds = new Kinds();
            int[] kindOf = nodeKinds(kinds);
            double[] price = new double[kinds.variables.size()];
            for (int i = 0; i < price.length; i++) {
                price[i] = evaluate(kinds.variables.get(i));
            }
            double[] ofNode = new double[kindOf.length];
            for (int n = 0; n < ofNode.length; n++) {
                ofNode[n] = price[kindOf[n]];
            }
            return new NodePrices(name, ofNode);
        }

        private CostTerm table(boolean move) {
            Kinds rows = new Kinds();
            Kinds columns = new Kinds();
            int[] columnOf = nodeKinds(columns);
            int[] rowOf = new int[problem.partitions().size()];
            for (int p = 0; p < rowOf.length; p++) {
                rowOf[p] = rows.add(partitionVariables(p, move));
            }
            long cells = (long) rows.variables.size() * columns.variables.size();
            if (cells > CELLS_MAX) {
                throw new IllegalArgumentException("it would have to be evaluated for " + rows.variables.size()
                        + " kinds of partitions on " + columns.variables.size() + " kinds of nodes, and the most is "
                        + CELLS_MAX + " times: let it look at less than " + expression.used());
            }
            double perHour = move ? 1 / problem.load().hours() : 1;
            double[] price = new double[(int) cells];
            for (int row = 0; row < rows.variables.size(); row++) {
                for (int column = 0; column < columns.variables.size(); column++) {
                    Map<String, Object> variables = new LinkedHashMap<>(rows.variables.get(row));
                    variables.putAll(columns.variables.get(column));
                    price[row * columns.variables.size() + column] = perHour * evaluate(variables);
                }
            }
            return new PriceTable(name, rowOf, columnOf, price, move);
        }

        private CostTerm loadCurve() {
            List<Resource> resources = problem.load().resources();
            Map<Map<String, Object>, Integer> curveOfKind = new HashMap<>();
            List<double[]> curves = new ArrayList<>();
            int[] curveOf = new int[problem.nodes().size() * resources.size()];
            for (int n = 0; n < problem.nodes().size(); n++) {
                for (int r = 0; r < resources.size(); r++) {
                    Map<String, Object> variables =
                            nodeVariables("node", problem.nodes().get(n));
                    put(variables, "resource", resources.get(r).label());
                    Integer known = curveOfKind.putIfAbsent(variables, curves.size());
                    curveOf[n * resources.size() + r] = known == null ? curves.size() : known;
                    if (known == null) {
                        curves.add(curve(variables));
                    }
                }
            }
            return new LoadCurve(name, context.space(), curves.toArray(double[][]::new), curveOf, CURVE_STEPS);
        }

        private double[] curve(Map<String, Object> variables) {
            double[] points = new double[CURVE_POINTS];
            for (int i = 0; i < points.length; i++) {
                Map<String, Object> all = new LinkedHashMap<>(variables);
                put(all, "utilisation", (double) i / CURVE_STEPS);
                points[i] = evaluate(all);
            }
            return points;
        }

        private double evaluate(Map<String, Object> variables) {
            if (evaluations++ % LOOK_AT_CLOCK_EVERY == 0 && clock.instant().isAfter(deadline)) {
                throw new IllegalArgumentException(
                        "after " + (evaluations - 1) + " evaluations it has taken longer than"
                                + " placement.cost.timeout allows (" + timeout.toMillis()
                                + " ms): let it look at less than " + expression.used() + ", or raise the timeout");
            }
            double value;
            try {
                value = expression.evaluate(variables);
            } catch (CelEvaluationException e) {
                throw new IllegalArgumentException(
                        "it fails for " + variables + ": "
                                + String.valueOf(e.getMessage()).replace("evaluation error at ", "at "),
                        e);
            }
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "it is " + value + " for " + variables + ": a cost must be a finite number");
            }
            return value;
        }

        // ---- Variables ----------------------------------------------------------------------------------------------

        private int[] nodeKinds(Kinds kinds) {
            int[] kindOf = new int[problem.nodes().size()];
            for (int n = 0; n < kindOf.length; n++) {
                kindOf[n] = kinds.add(nodeVariables("node", problem.nodes().get(n)));
            }
            return kindOf;
        }

        private Map<String, Object> nodeVariables(String subject, @Nullable Node node) {
            Map<String, Object> variables = new LinkedHashMap<>();
            if (node != null) {
                put(variables, subject + ".id", node.id().name());
                put(variables, subject + ".zone", node.zone());
                put(variables, subject + ".labels", node.labels());
                for (Resource resource : Resource.values()) {
                    // What is not limited is more than anybody has, and yet a number to count with.
                    double capacity = Math.min(1e18, node.capacity().get(resource));
                    put(variables, subject + "." + resource.label(), capacity);
                }
            }
            return variables;
        }

        private Map<String, Object> partitionVariables(int index, boolean move) {
            PlacedPartition partition = problem.partitions().get(index);
            Map<String, Object> variables = new LinkedHashMap<>();
            put(variables, "partition.id", partition.name());
            put(variables, "partition.table", partition.table());
            put(variables, "partition.bytes", (double) partition.bytes());
            put(variables, "partition.client_bytes", clientBytes.getOrDefault(partition.id(), Map.of()));
            put(
                    variables,
                    "partition.hours_since_move",
                    Math.min(1e9, partition.moved().hoursAgo()));
            for (Resource resource : Resource.values()) {
                putLoad(variables, index, resource);
            }
            if (move) {
                Node home = problem.nodes().get(context.space().home(index));
                variables.putAll(nodeVariables("from", home));
            }
            return variables;
        }

        private void putLoad(Map<String, Object> variables, int index, Resource resource) {
            String field = "partition." + resource.label();
            String peak = "partition.peak_" + resource.label();
            if (!expression.used().contains(field) && !expression.used().contains(peak)) {
                return;
            }
            int r = problem.load().resources().indexOf(resource);
            double sum = 0;
            double most = 0;
            for (int w = 0; r >= 0 && w < problem.load().windows(); w++) {
                double amount = problem.load().amount(index, r, w);
                sum += amount;
                most = Math.max(most, amount);
            }
            put(variables, field, sum / problem.load().windows());
            put(variables, peak, most);
        }

        private void put(Map<String, Object> variables, String variable, Object value) {
            Set<String> used = expression.used();
            if (used.contains(variable)) {
                variables.put(variable, value);
            }
        }
    }
}
