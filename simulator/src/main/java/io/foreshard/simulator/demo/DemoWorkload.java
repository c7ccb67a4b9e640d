package io.foreshard.simulator.demo;

import io.foreshard.control.oplog.CloseableIterator;
import io.foreshard.control.oplog.OperationSource;
import io.foreshard.core.workload.OpEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * A multi-tenant store over some days, drawn from one seed; the first week is meant to be history.
 *
 * <p>The shapes are those of {@code docs/concepts/demo-workload.md}: three time zones with daily and weekly rhythm, the
 * login rush at nine, a sale, a tenant that is on-boarded, time-ordered keys whose tail is always hot, and one tenant
 * nobody can predict. Opened twice, it gives the same operations twice.
 */
public final class DemoWorkload implements OperationSource {
    /** Wednesday 4 March 2026, 00:00 UTC. */
    public static final long START_MILLIS = 1_772_582_400_000L;

    private static final long MONDAY_MILLIS = START_MILLIS - 2 * Rhythm.DAY_MILLIS;

    private static final int AMERICA = -5;
    private static final int EUROPE = 1;
    private static final int ASIA = 8;

    private final long seed;
    private final int days;

    /**
     * @param seed everything random follows from it
     * @param days how many days it lasts, at least 1; the on-boarding is on the ninth day, the sale on the tenth
     */
    public DemoWorkload(long seed, int days) {
        if (days < 1) {
            throw new IllegalArgumentException("a demo of " + days + " days: it must have at least one");
        }
        this.seed = seed;
        this.days = days;
    }

    @Override
    public String description() {
        return "demo workload, seed " + seed + ", " + days + " days";
    }

    @Override
    public CloseableIterator<OpEvent> open() {
        return new Stream(tenants(), days);
    }

    private List<DemoTenant> tenants() {
        List<DemoTenant.Profile> profiles = new ArrayList<>();
        profiles.addAll(offices());
        profiles.addAll(households());
        profiles.addAll(specials());
        List<DemoTenant> tenants = new ArrayList<>();
        for (DemoTenant.Profile profile : profiles) {
            tenants.add(new DemoTenant(profile, stream(profile.name())));
        }
        return tenants;
    }

    /** A random stream of its own per use, so that a new tenant does not change the others. */
    private SplittableRandom stream(String use) {
        long mixed = seed;
        for (int i = 0; i < use.length(); i++) {
            mixed = mixed * 0x9E3779B97F4A7C15L + use.charAt(i);
        }
        return new SplittableRandom(mixed);
    }

    /** Companies of very different size; the largest is as busy as the ten smallest together. */
    private static List<DemoTenant.Profile> offices() {
        return List.of(
                office("acme", EUROPE, 0.200, 2600),
                office("bergwerk", EUROPE, 0.015, 3900),
                office("citadel", AMERICA, 0.200, 2400),
                office("dynamo", ASIA, 0.030, 3000),
                office("evergreen", AMERICA, 0.015, 3400),
                office("fjord", EUROPE, 0.060, 2200),
                office("granite", AMERICA, 0.020, 3800),
                office("hanami", ASIA, 0.230, 2500),
                office("indigo", EUROPE, 0.010, 3100),
                office("juniper", AMERICA, 0.070, 2300),
                office("kumquat", ASIA, 0.010, 3600),
                office("lumen", EUROPE, 0.100, 2400),
                office("obsidian", AMERICA, 0.080, 2500),
                office("pagoda", ASIA, 0.070, 2300),
                office("riverside", AMERICA, 0.010, 3700),
                office("sakura", ASIA, 0.120, 2600),
                office("tramway", EUROPE, 0.050, 2500),
                office("umbrella", ASIA, 0.015, 3300));
    }

    private static List<DemoTenant.Profile> households() {
        return List.of(
                household("cinema", EUROPE, 0.045, 2800),
                household("gamehall", ASIA, 0.050, 3100),
                household("nightowl", AMERICA, 0.050, 3300));
    }

    private List<DemoTenant.Profile> specials() {
        long day = Rhythm.DAY_MILLIS;
        long hour = Rhythm.HOUR_MILLIS;
        Rhythm sale = Rhythm.evening(EUROPE).withSale(11 * day + 9 * hour, 12 * day + 21 * hour, 3.5);
        Rhythm onBoarded = Rhythm.office(AMERICA).onBoarded(10 * day + 13 * hour, 10 * day + 19 * hour, 1.3);
        Rhythm bursts = Rhythm.bursts((days + 2) * day, stream("bursts"));
        return List.of(
                new DemoTenant.Profile("bazaar", "europe", sale, DemoTenant.Keys.RECORDS, 0.060, 2600, 0.3),
                new DemoTenant.Profile("newcomer", "america", onBoarded, DemoTenant.Keys.IMPORTED, 0.100, 2800, 0.3),
                new DemoTenant.Profile(
                        "meters", "everywhere", Rhythm.machines(), DemoTenant.Keys.TIME_ORDERED, 0.050, 0, 0.35),
                new DemoTenant.Profile("quark", "nowhere", bursts, DemoTenant.Keys.RECORDS, 0.060, 2600, 0.3));
    }

    private static DemoTenant.Profile office(String name, int offset, double plateau, int records) {
        return new DemoTenant.Profile(
                name, zone(offset), Rhythm.office(offset), DemoTenant.Keys.RECORDS, plateau, records, 0.3);
    }

    private static DemoTenant.Profile household(String name, int offset, double plateau, int records) {
        return new DemoTenant.Profile(
                name, zone(offset), Rhythm.evening(offset), DemoTenant.Keys.RECORDS, plateau, records, 0.2);
    }

    private static String zone(int offset) {
        return offset == AMERICA ? "america" : offset == EUROPE ? "europe" : "asia";
    }

    /** Draws one minute at a time; operations of one transaction stay together. */
    private static final class Stream implements CloseableIterator<OpEvent> {
        private final List<DemoTenant> tenants;
        private final long endMillis;
        private final Deque<OpEvent> ready = new ArrayDeque<>();
        private long minuteMillis = START_MILLIS;

        Stream(List<DemoTenant> tenants, int days) {
            this.tenants = tenants;
            this.endMillis = START_MILLIS + days * Rhythm.DAY_MILLIS;
        }

        @Override
        public OptionalDouble progress() {
            return OptionalDouble.of((minuteMillis - START_MILLIS) / (double) (endMillis - START_MILLIS));
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && minuteMillis < endMillis) {
                List<OpEvent> minute = new ArrayList<>();
                for (DemoTenant tenant : tenants) {
                    tenant.minute(minuteMillis, minuteMillis - MONDAY_MILLIS, minute);
                }
                minute.sort(Comparator.comparingLong(OpEvent::timestampMillis).thenComparing(OpEvent::transaction));
                ready.addAll(minute);
                minuteMillis += Rhythm.MINUTE_MILLIS;
            }
            return !ready.isEmpty();
        }

        @Override
        public OpEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the demo workload has ended");
            }
            return ready.remove();
        }

        @Override
        public void close() {
            ready.clear();
            minuteMillis = endMillis;
        }
    }
}
