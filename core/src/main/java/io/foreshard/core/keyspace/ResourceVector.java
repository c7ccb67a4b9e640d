package io.foreshard.core.keyspace;

import java.util.Arrays;
import java.util.Map;
import java.util.StringJoiner;

/**
 * An amount of every {@link Resource}: a node's capacity, or the load that something puts on it.
 *
 * <p>Components are finite and not negative. As a capacity, a component of {@link #UNLIMITED} says that the resource is
 * not limited (or not measured) there and never counts as overloaded.
 */
public final class ResourceVector {
    /** A capacity that no load reaches. */
    public static final double UNLIMITED = Double.MAX_VALUE;

    public static final ResourceVector ZERO = new ResourceVector(new double[Resource.COUNT]);

    private final double[] amounts;

    private ResourceVector(double[] amounts) {
        this.amounts = amounts;
    }

    /** A load: the resources that {@code amounts} leaves out are zero. */
    public static ResourceVector load(Map<Resource, Double> amounts) {
        return filled(amounts, 0);
    }

    /** A capacity: the resources that {@code amounts} leaves out are {@link #UNLIMITED}. */
    public static ResourceVector capacity(Map<Resource, Double> amounts) {
        return filled(amounts, UNLIMITED);
    }

    private static ResourceVector filled(Map<Resource, Double> amounts, double otherwise) {
        double[] values = new double[Resource.COUNT];
        Arrays.fill(values, otherwise);
        amounts.forEach((resource, amount) -> {
            if (!(amount >= 0) || Double.isInfinite(amount)) {
                throw new IllegalArgumentException(resource.label() + " is " + amount
                        + ": it must be a finite number of " + resource.unit() + ", zero or more");
            }
            values[resource.ordinal()] = amount;
        });
        return new ResourceVector(values);
    }

    public double get(Resource resource) {
        return amounts[resource.ordinal()];
    }

    public ResourceVector plus(ResourceVector other) {
        double[] sum = amounts.clone();
        for (int r = 0; r < sum.length; r++) {
            sum[r] = Math.min(UNLIMITED, sum[r] + other.amounts[r]);
        }
        return new ResourceVector(sum);
    }

    public ResourceVector times(double factor) {
        double[] product = amounts.clone();
        for (int r = 0; r < product.length; r++) {
            product[r] = product[r] == UNLIMITED ? UNLIMITED : Math.min(UNLIMITED, product[r] * factor);
        }
        return new ResourceVector(product);
    }

    /** The largest part of {@code capacity} that this load takes, over all resources; 1 is exactly full. */
    public double utilisationOf(ResourceVector capacity) {
        double worst = 0;
        for (int r = 0; r < amounts.length; r++) {
            double limit = capacity.amounts[r];
            if (limit != UNLIMITED && amounts[r] > 0) {
                worst = Math.max(worst, limit == 0 ? Double.POSITIVE_INFINITY : amounts[r] / limit);
            }
        }
        return worst;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceVector vector && Arrays.equals(amounts, vector.amounts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(amounts);
    }

    @Override
    public String toString() {
        StringJoiner out = new StringJoiner(", ", "{", "}");
        for (Resource resource : Resource.values()) {
            double amount = amounts[resource.ordinal()];
            if (amount != 0 && amount != UNLIMITED) {
                out.add(resource.label() + "=" + amount + " " + resource.unit());
            }
        }
        return out.toString();
    }
}
