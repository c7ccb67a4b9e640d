package io.foreshard.server.costs;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.control.history.NodeMeasurementFile;
import io.foreshard.core.forecast.capacity.CostLearning;
import io.foreshard.core.forecast.capacity.NodeMeasurement;
import io.foreshard.core.forecast.capacity.OperationCosts;
import io.foreshard.core.forecast.capacity.ResourceCost;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.core.workload.OpKind;
import io.foreshard.server.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The section {@code costs}: per resource ({@code cpu} in ms, {@code memory}, {@code io_bytes} and {@code network} in
 * bytes, {@code io_ops}) what an operation of each kind costs ({@code every} for kinds that are not named) and a
 * {@code byte}; {@code measurements} names a file to learn the others from.
 */
public final class CostSettings {
    private static final String EVERY = "every";
    private static final String BYTE = "byte";

    private CostSettings() {}

    /**
     * Costs by configuration, where it says nothing learned, where nothing can be learned counted.
     *
     * @param costs the section
     * @param beside the directory that relative paths in it start from
     */
    public static OperationCosts of(Settings costs, Path beside) {
        Optional<String> measurements = costs.text("measurements");
        OperationCosts all = measurements.isEmpty()
                ? OperationCosts.counted()
                : OperationCosts.counted().with(learned(beside.resolve(measurements.get())));
        List<ResourceCost> configured = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            // What lies on disk is counted where it lies, not by operation.
            if (resource != Resource.DISK && costs.has(resource.label())) {
                configured.add(configured(resource, costs));
            }
        }
        costs.refuseUnknown();
        return all.with(configured);
    }

    /**
     * Learned from what nodes did and used.
     *
     * @throws InputException when the file has too few measurements of every resource
     */
    public static List<ResourceCost> learned(Path file) {
        List<NodeMeasurement> measurements = NodeMeasurementFile.read(file);
        List<ResourceCost> costs = CostLearning.learn(measurements);
        if (costs.isEmpty()) {
            throw new InputException(
                    ErrorCode.CONTENT,
                    file + " has " + measurements.size() + " measurements: at least " + CostLearning.MEASUREMENTS_MIN
                            + " of one resource are needed to learn what operations cost.");
        }
        return costs;
    }

    private static ResourceCost configured(Resource resource, Settings costs) {
        Settings section = costs.section(resource.label());
        OptionalDouble every = cost(section, EVERY);
        Map<OpKind, Double> perOperation = new EnumMap<>(OpKind.class);
        for (OpKind kind : OpKind.values()) {
            OptionalDouble cost = cost(section, kind.label());
            perOperation.put(kind, cost.orElse(every.orElse(0)));
        }
        double perByte = cost(section, BYTE).orElse(0);
        section.refuseUnknown();
        return ResourceCost.configured(
                resource, perOperation, perByte, "as configured (" + costs.place(resource.label()) + ")");
    }

    private static OptionalDouble cost(Settings section, String name) {
        OptionalDouble cost = section.number(name);
        if (cost.isPresent() && cost.getAsDouble() < 0) {
            throw section.refuse(name, "a cost, zero or more");
        }
        return cost;
    }
}
