package io.foreshard.core.forecast.capacity;

import io.foreshard.core.keyspace.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operations cost, resource by resource. A resource without a cost is not projected. */
public final class OperationCosts {
    private final Map<Resource, ResourceCost> costs;

    private OperationCosts(Map<Resource, ResourceCost> costs) {
        this.costs = costs;
    }

    /** What needs no knowledge of machines: operations, and the bytes of values over disk and network. */
    public static OperationCosts counted() {
        Map<Resource, ResourceCost> costs = new EnumMap<>(Resource.class);
        costs.put(Resource.IO_OPS, ResourceCost.countedOperations());
        costs.put(Resource.IO_BYTES, ResourceCost.countedBytes(Resource.IO_BYTES));
        costs.put(Resource.NETWORK, ResourceCost.countedBytes(Resource.NETWORK));
        return new OperationCosts(costs);
    }

    /** These costs, with {@code others} in place of those of the same resource. */
    public OperationCosts with(List<ResourceCost> others) {
        Map<Resource, ResourceCost> merged = new EnumMap<>(costs);
        others.forEach(cost -> merged.put(cost.resource(), cost));
        return new OperationCosts(merged);
    }

    /** Without what is counted of values' sizes, for loads whose sizes are not known. */
    public OperationCosts withoutCountedBytes() {
        Map<Resource, ResourceCost> rest = new EnumMap<>(costs);
        rest.values().removeIf(cost -> cost.origin() == ResourceCost.Origin.COUNTED && cost.perByte() > 0);
        return new OperationCosts(rest);
    }

    public Optional<ResourceCost> of(Resource resource) {
        return Optional.ofNullable(costs.get(resource));
    }

    /** In the order of resources. */
    public List<ResourceCost> all() {
        return new ArrayList<>(costs.values());
    }
}
