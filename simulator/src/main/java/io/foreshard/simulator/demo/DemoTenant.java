package io.foreshard.simulator.demo;

import io.foreshard.core.keyspace.Key;
import io.foreshard.core.keyspace.Tag;
import io.foreshard.core.workload.OpEvent;
import io.foreshard.core.workload.OpKind;
import java.util.List;
import java.util.SplittableRandom;

/** One tenant of the demo: draws its operations of a minute from its own random stream. */
final class DemoTenant {
    /** How a tenant's keys are made. */
    enum Keys {
        /** A fixed set of records, few of them popular. */
        RECORDS,
        /** Every write makes a new record behind all others, reads want the newest. */
        TIME_ORDERED,
        /** Records are written one after the other first, then used like {@link #RECORDS}. */
        IMPORTED
    }

    /**
     * What distinguishes one tenant from another.
     *
     * @param plateauPerSecond operations per second at rhythm 1
     * @param records how many it has; for time-ordered keys not used
     * @param writeShare part of the operations that write
     */
    record Profile(
            String name,
            String zone,
            Rhythm rhythm,
            Keys keys,
            double plateauPerSecond,
            int records,
            double writeShare) {}

    private static final int TRANSACTION_ONE_IN = 25;

    private final Profile profile;
    private final SplittableRandom random;
    private final List<Tag> tags;
    private long written;
    private long transactions;

    DemoTenant(Profile profile, SplittableRandom random) {
        this.profile = profile;
        this.random = random;
        this.tags = List.of(new Tag("tenant", profile.name()), new Tag("zone", profile.zone()));
    }

    /** Appends the operations of the minute that starts at {@code minuteMillis}, in no order. */
    void minute(long minuteMillis, long sinceMondayMillis, List<OpEvent> out) {
        double expected = profile.plateauPerSecond() * 60 * profile.rhythm().at(sinceMondayMillis);
        for (int left = poisson(expected); left > 0; left--) {
            long at = minuteMillis + random.nextInt(60_000);
            if (profile.keys() == Keys.RECORDS && random.nextInt(TRANSACTION_ONE_IN) == 0) {
                left -= transaction(at, out) - 1;
            } else {
                out.add(single(at));
            }
        }
    }

    private OpEvent single(long at) {
        boolean write = random.nextDouble() < profile.writeShare();
        return switch (profile.keys()) {
            case RECORDS -> write ? change(at, popular()) : event(at, OpKind.GET, popular(), "");
            case TIME_ORDERED -> write || written == 0 ? append(at) : event(at, OpKind.GET, recent(), "");
            case IMPORTED ->
                written < profile.records()
                        ? put(at, orderKey(written++), "")
                        : write ? change(at, popular()) : event(at, OpKind.GET, popular(), "");
        };
    }

    /** Mostly an update; one write in fifty deletes. */
    private OpEvent change(long at, Key key) {
        return random.nextInt(50) == 0 ? event(at, OpKind.DELETE, key, "") : put(at, key, "");
    }

    private OpEvent append(long at) {
        written++;
        return put(at, eventKey(written), "");
    }

    private Key recent() {
        long back = Math.min(written - 1, (long) (random.nextExponential() * 40));
        return eventKey(written - back);
    }

    /** An order with its customer and a few articles: two to four records in one go, all at the same time. */
    private int transaction(long at, List<OpEvent> out) {
        String id = profile.name() + "-" + transactions++;
        int size = 2 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            out.add(put(at, popular(), id));
        }
        return size;
    }

    /** A few records get most of the operations: position n of the popularity list with a weight of about 1/n. */
    private Key popular() {
        double position = Math.expm1(random.nextDouble() * Math.log1p(profile.records()));
        int rank = Math.min(profile.records() - 1, (int) position);
        return orderKey(Math.floorMod(rank * 2_654_435_761L, profile.records()));
    }

    private Key orderKey(long number) {
        return Key.utf8(profile.name() + "/order/" + digits(number, 6));
    }

    private Key eventKey(long number) {
        return Key.utf8(profile.name() + "/event/" + digits(number, 10));
    }

    private static String digits(long number, int width) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }

    private OpEvent put(long at, Key key, String transaction) {
        return event(at, OpKind.PUT, key, transaction);
    }

    private OpEvent event(long at, OpKind kind, Key key, String transaction) {
        long bytes = kind == OpKind.DELETE ? 0 : 120 + Math.floorMod(key.hashCode() * 31L, 900);
        return new OpEvent(at, kind, key, tags, "", bytes, transaction);
    }

    /** Knuth's method in pieces, exact for any mean the demo has. */
    private int poisson(double mean) {
        int count = 0;
        double left = mean;
        while (left > 0) {
            double piece = Math.min(left, 30);
            double limit = Math.exp(-piece);
            double product = random.nextDouble();
            while (product > limit) {
                count++;
                product *= random.nextDouble();
            }
            left -= piece;
        }
        return count;
    }
}
