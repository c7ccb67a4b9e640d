package io.foreshard.server.outlook;

import io.foreshard.server.receipt.Figures;

/**
 * What the numbers of a load count.
 *
 * @param label such as {@code operations/s}
 * @param perOperation how many of it one counted operation stands for
 */
public record LoadUnit(String label, double perOperation) {
    /** What a table with several measures per segment gives as its unit. */
    private static final String SEVERAL_MEASURES = "by measure";

    private static final String PER_SECOND = "/s";
    private static final String SIZES = "MGTPE";
    private static final double ROUNDED_UP = 0.9995;

    /** What is at least this is readable in its unit. */
    private static final double READABLE = 0.5;

    /** Operations per second. */
    public static final LoadUnit OPERATIONS = new LoadUnit("operations/s", 1);

    /**
     * The same per minute or hour where {@code typical} per second would be a number that nobody can read; a unit that
     * is not per second stays.
     */
    public LoadUnit readableFor(double typical) {
        if (!label.endsWith(PER_SECOND) || !(value(typical) > 0) || value(typical) >= READABLE) {
            return this;
        }
        String counted = label.substring(0, label.length() - PER_SECOND.length());
        return value(typical) * 60 >= READABLE
                ? new LoadUnit(counted + "/min", perOperation * 60)
                : new LoadUnit(counted + "/h", perOperation * 3600);
    }

    /** Whether segments count the same, so that a sum of them means something. */
    boolean addsUp() {
        return !label.equals(SEVERAL_MEASURES);
    }

    /** A rate of the loads in this unit. */
    double value(double operationsPerSecond) {
        return operationsPerSecond * perOperation;
    }

    /** The same as text. */
    String text(double operationsPerSecond) {
        return compact(value(operationsPerSecond));
    }

    /** From a million on with the letter of its size: {@code 7.98 G}. */
    static String compact(double value) {
        double size = Math.abs(value);
        for (int s = SIZES.length() - 1; s >= 0; s--) {
            double unit = Math.pow(1000, s + 2);
            if (size >= unit * ROUNDED_UP) {
                return Figures.number(value / unit) + " " + SIZES.charAt(s);
            }
        }
        return Figures.number(value);
    }
}
