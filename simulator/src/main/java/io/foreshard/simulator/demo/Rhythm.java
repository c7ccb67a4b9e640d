package io.foreshard.simulator.demo;

import java.util.SplittableRandom;

/**
 * How busy a tenant is over time, relative to its plateau; a function of workload time, sampled once a minute.
 *
 * <p>Local time is UTC plus a fixed offset: the demo has no daylight saving.
 */
@FunctionalInterface
interface Rhythm {
    long MINUTE_MILLIS = 60_000;
    long HOUR_MILLIS = 60 * MINUTE_MILLIS;
    long DAY_MILLIS = 24 * HOUR_MILLIS;

    /** The factor for the minute that starts {@code sinceMondayMillis} after Monday 00:00 UTC of the first week. */
    double at(long sinceMondayMillis);

    /**
     * Office hours: plateau from nine to five, a lunch dip, quiet nights and weekends, and everybody logs in at nine.
     */
    static Rhythm office(int utcOffsetHours) {
        return sinceMonday -> {
            long local = sinceMonday + utcOffsetHours * HOUR_MILLIS;
            double hour = Math.floorMod(local, DAY_MILLIS) / (double) HOUR_MILLIS;
            double day = 0.12 + 0.88 * ramp(hour, 6.5, 9) * (1 - ramp(hour, 16.5, 20));
            double lunch = 1 - 0.25 * bump(hour, 12.5, 0.6);
            double factor = isWeekend(local) ? 0.12 + 0.1 * (day - 0.12) : day * lunch + login(hour);
            return factor;
        };
    }

    /** People at home: quiet mornings, a broad peak at eight in the evening, more on weekends. */
    static Rhythm evening(int utcOffsetHours) {
        return sinceMonday -> {
            long local = sinceMonday + utcOffsetHours * HOUR_MILLIS;
            double hour = Math.floorMod(local, DAY_MILLIS) / (double) HOUR_MILLIS;
            double day = 0.15 + 0.35 * ramp(hour, 7, 11) * (1 - ramp(hour, 21.5, 24)) + 0.6 * bump(hour, 20, 1.7);
            return isWeekend(local) ? 1.25 * day : day;
        };
    }

    /** Machines: nearly the same at every hour. */
    static Rhythm machines() {
        return sinceMonday -> 1 + 0.15 * Math.sin(2 * Math.PI * Math.floorMod(sinceMonday, DAY_MILLIS) / DAY_MILLIS);
    }

    /** This rhythm, multiplied by up to {@code factor} between two times; the rise takes two hours, the fall one. */
    default Rhythm withSale(long fromMillis, long untilMillis, double factor) {
        return sinceMonday -> {
            double hours = (sinceMonday - fromMillis) / (double) HOUR_MILLIS;
            double length = (untilMillis - fromMillis) / (double) HOUR_MILLIS;
            double share = ramp(hours, 0, 2) * (1 - ramp(hours, length, length + 1));
            return at(sinceMonday) * (1 + (factor - 1) * share);
        };
    }

    /** Nothing before {@code startMillis}, a steady bulk load of {@code factor} for a while, then this rhythm. */
    default Rhythm onBoarded(long startMillis, long bulkUntilMillis, double factor) {
        return sinceMonday -> {
            if (sinceMonday < startMillis) {
                return 0;
            }
            return sinceMonday < bulkUntilMillis ? factor : at(sinceMonday);
        };
    }

    /**
     * Nobody's rhythm: a low floor and bursts at random times, of random length and height.
     *
     * @param horizonMillis up to when bursts are drawn
     */
    static Rhythm bursts(long horizonMillis, SplittableRandom random) {
        double[] factors = new double[(int) (horizonMillis / MINUTE_MILLIS) + 1];
        java.util.Arrays.fill(factors, 0.15);
        double minute = 0;
        while (minute < factors.length) {
            minute += random.nextExponential() * 420;
            double height = Math.min(4, 0.8 * Math.exp(0.7 * random.nextGaussian()));
            int length = 10 + (int) (random.nextExponential() * 45);
            for (int m = (int) minute; m < Math.min(factors.length, minute + length); m++) {
                factors[m] = Math.max(factors[m], height);
            }
            minute += length;
        }
        return sinceMonday -> factors[Math.min(factors.length - 1, (int) (sinceMonday / MINUTE_MILLIS))];
    }

    private static boolean isWeekend(long localSinceMonday) {
        return Math.floorMod(localSinceMonday, 7 * DAY_MILLIS) >= 5 * DAY_MILLIS;
    }

    /** The rush of logins: from nothing to full within two and a half minutes before nine, gone by half past. */
    private static double login(double hour) {
        return 3.5 * ramp(hour, 8.96, 9) * (1 - ramp(hour, 9.1, 9.6));
    }

    /** 0 before {@code from}, 1 after {@code until}, a smooth rise between. */
    private static double ramp(double x, double from, double until) {
        double part = Math.max(0, Math.min(1, (x - from) / (until - from)));
        return part * part * (3 - 2 * part);
    }

    /** 1 at {@code centre}, falling off to both sides like a bell of that width; hours wrap around midnight. */
    private static double bump(double hour, double centre, double width) {
        double distance = Math.abs(hour - centre);
        double around = Math.min(distance, 24 - distance) / width;
        return Math.exp(-0.5 * around * around);
    }
}
