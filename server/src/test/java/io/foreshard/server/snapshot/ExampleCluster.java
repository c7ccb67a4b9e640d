package io.foreshard.server.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Writes the example snapshot: 40 nodes in three zones and 2,000 partitions, of which the orders are busy in the
 * morning and the sessions in the evening.
 *
 * <p>Every node has about the same load over the day, so that a balancer which looks at one number per partition finds
 * nothing to do; but the nodes of the orders are overloaded at ten, those of the sessions at eight in the evening.
 */
final class ExampleCluster {
    private static final int NODES = 40;
    private static final int PARTITIONS = 2_000;
    private static final int HOURS = 24;
    private static final long GIGABYTE = 1_000_000_000L;

    /** {@code share} of all partitions; {@code peak}: operations/s of the whole table at its busiest. */
    private record Table(String name, double share, double peak, Day day, int firstNode, int nodes) {}

    /** A load that is highest at an hour of the day and nowhere below a floor, a part of the highest. */
    private record Day(double hour, double width, double floor) {
        double[] shape() {
            double[] shape = new double[HOURS];
            for (int h = 0; h < HOURS; h++) {
                // The first window is 06:00.
                double clock = (h + 6.5) % 24;
                double away = Math.min(Math.abs(clock - hour), 24 - Math.abs(clock - hour));
                shape[h] = floor + (1 - floor) * Math.exp(-away * away / (2 * width * width));
            }
            return shape;
        }
    }

    private final RandomGenerator random;
    private final StringBuilder out = new StringBuilder();

    private ExampleCluster(long seed) {
        random = new SplittableRandom(seed);
    }

    static String json(long seed) {
        return new ExampleCluster(seed).write();
    }

    private String write() {
        List<Table> tables = List.of(
                new Table("orders", 0.4, 270_000, new Day(10.5, 2, 0.12), 0, 20),
                new Table("sessions", 0.4, 260_000, new Day(20.5, 2, 0.12), 20, 20),
                new Table("events", 0.12, 60_000, new Day(2.5, 1.5, 0.1), 0, 40),
                new Table("catalog", 0.08, 25_000, new Day(14, 12, 0.8), 0, 40));
        out.append("{\n\"format\": \"foreshard-snapshot\",\n\"version\": 1,\n");
        out.append("\"comment\": \"orders are busy in the morning, sessions in the evening, on different nodes\",\n");
        out.append("\"taken_at\": \"2026-03-11T05:40:00Z\",\n");
        out.append("\"horizon\": {\"start\": \"2026-03-11T06:00:00Z\", \"window\": \"1h\", \"windows\": 24},\n");
        out.append("\"shapes\": {\n");
        for (int t = 0; t < tables.size(); t++) {
            line("  \"%s\": %s", numbers(tables.get(t).day().shape()), tables.get(t).name(), t < tables.size() - 1);
        }
        out.append("},\n");
        nodes();
        partitions(tables);
        edges();
        rules();
        return out.append("}\n").toString();
    }

    private void line(String format, String value, String name, boolean more) {
        out.append(String.format(Locale.ROOT, format, name, value)).append(more ? ",\n" : "\n");
    }

    private static String numbers(double[] values) {
        List<String> texts = new ArrayList<>();
        for (double value : values) {
            texts.add(String.format(Locale.ROOT, "%.3f", value));
        }
        return "[" + String.join(", ", texts) + "]";
    }

    private static String node(int index) {
        return String.format(Locale.ROOT, "n%02d", index + 1);
    }

    private static boolean isLarge(int node) {
        return node % 4 == 3;
    }

    private void nodes() {
        out.append("\"nodes\": [\n");
        for (int n = 0; n < NODES; n++) {
            int size = isLarge(n) ? 2 : 1;
            out.append(String.format(
                    Locale.ROOT,
                    "  {\"id\": \"%s\", \"zone\": \"%c\", \"labels\": {\"disk\": \"%s\"}, \"capacity\":"
                            + " {\"cpu\": %d, \"memory\": %d, \"io_ops\": %d, \"disk\": %d}}%s\n",
                    node(n),
                    'a' + n % 3,
                    isLarge(n) ? "nvme" : "ssd",
                    4_000 * size,
                    64 * GIGABYTE * size,
                    10_000 * size,
                    400 * GIGABYTE * size,
                    n < NODES - 1 ? "," : ""));
        }
        out.append("],\n");
    }

    private void partitions(List<Table> tables) {
        out.append("\"partitions\": [\n");
        int written = 0;
        for (Table table : tables) {
            int count = (int) Math.round(PARTITIONS * table.share());
            double[] weight = new double[count];
            double sum = 0;
            for (int i = 0; i < count; i++) {
                weight[i] = 0.2 + random.nextExponential();
                sum += weight[i];
            }
            double[] room = new double[table.nodes()];
            for (int i = 0; i < count; i++) {
                int place = roomiest(table, room);
                double peak = table.peak() * weight[i] / sum;
                room[place] += peak / (isLarge(table.firstNode() + place) ? 2 : 1);
                written++;
                partition(table, i, count, node(table.firstNode() + place), peak);
                out.append(written < PARTITIONS ? ",\n" : "\n");
            }
        }
        out.append("],\n");
    }

    /** The node with the least of the table so far; now and then another, as clusters grow. */
    private int roomiest(Table table, double[] room) {
        int best = random.nextInt(table.nodes());
        if (random.nextInt(5) == 0) {
            return best;
        }
        for (int i = 0; i < room.length; i++) {
            best = room[i] < room[best] ? i : best;
        }
        return best;
    }

    private void partition(Table table, int index, int count, String node, double peak) {
        long bytes = (long) ((1 + 6 * random.nextDouble()) * GIGABYTE);
        double width = 0.1 + 0.3 * random.nextDouble();
        out.append(String.format(
                Locale.ROOT,
                "  {\"id\": \"%s-%04d\", \"table\": \"%s\", \"node\": \"%s\"",
                table.name(),
                index,
                table.name(),
                node));
        if (index > 0) {
            out.append(String.format(Locale.ROOT, ", \"start\": \"%05d\"", index * 100));
        }
        if (index < count - 1) {
            out.append(String.format(Locale.ROOT, ", \"end\": \"%05d\"", (index + 1) * 100));
        }
        out.append(String.format(
                Locale.ROOT,
                ", \"bytes\": %d, \"load\": {\"io_ops\": {\"shape\": \"%s\", \"p50\": %.1f, \"p90\": %.1f},"
                        + " \"cpu\": {\"shape\": \"%s\", \"p50\": %.1f}, \"memory\": %d}",
                bytes,
                table.name(),
                peak,
                peak * (1 + width),
                table.name(),
                peak * 0.3,
                bytes / 5));
        if (index % 97 == 13) {
            out.append(String.format(Locale.ROOT, ", \"parents\": [\"%s-%04d\"]", table.name(), index - 1));
        }
        if (index % 211 == 7) {
            out.append(", \"last_moved\": \"2026-03-11T02:15:00Z\"");
        }
        if (table.name().equals("catalog") && index == 0) {
            out.append(", \"pins\": [\"n04\", \"n08\", \"n12\"]");
        }
        out.append('}');
    }

    private void edges() {
        out.append("\"co_access\": [\n");
        for (int i = 0; i < 300; i++) {
            out.append(String.format(
                    Locale.ROOT,
                    "  {\"a\": \"orders-%04d\", \"b\": \"catalog-%04d\", \"bytes_per_second\": %d}%s\n",
                    random.nextInt(800),
                    random.nextInt(160),
                    20_000 + random.nextInt(400_000),
                    i < 299 ? "," : ""));
        }
        out.append("],\n\"clients\": [\n");
        for (int i = 0; i < 300; i++) {
            out.append(String.format(
                    Locale.ROOT,
                    "  {\"zone\": \"%c\", \"partition\": \"sessions-%04d\", \"bytes_per_second\": %d}%s\n",
                    'a' + random.nextInt(3),
                    i * 2,
                    10_000 + random.nextInt(300_000),
                    i < 299 ? "," : ""));
        }
        out.append("],\n\"zone_distances\": [{\"from\": \"a\", \"to\": \"c\", \"distance\": 2}],\n");
        out.append("\"pending\": [{\"partition\": \"events-0003\", \"target\": \"n17\"}],\n");
    }

    private void rules() {
        out.append("\"rules\": {\n");
        out.append(
                "  \"nodes\": [{\"name\": \"catalog off n01\", \"tables\": [\"catalog\"], \"not_nodes\": [\"n01\"]}],\n");
        out.append("  \"spread\": [{\"name\": \"catalog roots\", \"partitions\": [\"catalog-0000\", \"catalog-0001\","
                + " \"catalog-0002\"], \"zones_min\": 2}],\n");
        out.append("  \"apart\": [{\"name\": \"order heads\", \"partitions\": [\"orders-0000\", \"orders-0001\"]}],\n");
        out.append("  \"table_limits\": [{\"table\": \"orders\", \"partitions_per_node\": 90}]\n");
        out.append("}\n");
    }
}
