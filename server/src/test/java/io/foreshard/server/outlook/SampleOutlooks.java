package io.foreshard.server.outlook;

import io.foreshard.control.outlook.Outlook;
import io.foreshard.control.outlook.Outlooks;
import io.foreshard.control.outlook.SegmentProgress;
import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.TagCondition;
import io.foreshard.core.forecast.capacity.OperationCosts;
import io.foreshard.core.forecast.capacity.ResourceProjection;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.workload.OpKind;
import io.foreshard.core.workload.SegmentLoad;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Outlooks to render: two tenants with a rhythm, one of them with a sale and a name that HTML would misread. */
final class SampleOutlooks {
    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;
    /** A Monday, 00:00 UTC. */
    static final long MONDAY = 1_710_115_200_000L;

    private SampleOutlooks() {}

    static List<SegmentLoad> loads() {
        return List.of(load("acme", 100, 20), load("<b>hanami</b>", 10, 20));
    }

    static OutlookReport report() {
        LoadEvent sale = new LoadEvent(
                "sale",
                MONDAY + 20 * DAY + 20 * HOUR,
                MONDAY + 21 * DAY,
                List.of(new TagCondition("acme")),
                3,
                OptionalLong.empty());
        Outlook outlook =
                new Outlooks(1, SegmentProgress.NONE).forecast(loads(), DAY, new EventCalendar(List.of(sale)));
        return new OutlookReport(
                "log.csv",
                outlook,
                LoadUnit.OPERATIONS,
                Optional.of(ResourceProjection.of(outlook.loads(), outlook.forecasts(), OperationCosts.counted())),
                List.of("3 rows could not be used"),
                20);
    }

    static BacktestReport backtest() {
        List<SegmentLoad> loads = List.of(load("acme", 100, 20), load("<b>hanami</b>", 10, 20), load("new", 1, 0));
        return new BacktestReport(
                "log.csv",
                new Outlooks(1, SegmentProgress.NONE).backtest(loads, DAY, 3),
                DAY,
                3,
                LoadUnit.OPERATIONS,
                List.of(),
                20);
    }

    /** Highest at noon; of no day, three hours. */
    private static SegmentLoad load(String tenant, double level, int days) {
        int hours = days == 0 ? 3 : days * 24;
        long[] operations = new long[hours * OpKind.COUNT];
        long[] bytes = new long[hours];
        double[] completeness = new double[hours];
        for (int h = 0; h < hours; h++) {
            double noise = 1 + 0.05 * Math.sin(h * 2.399963);
            operations[h * OpKind.COUNT] =
                    Math.round(level * noise * (1 - 0.5 * Math.cos(2 * Math.PI * h / 24)) * 3600);
            bytes[h] = operations[h * OpKind.COUNT] * 100;
            completeness[h] = 1;
        }
        return new SegmentLoad(Segment.of("tenant", tenant), MONDAY, HOUR, operations, bytes, completeness);
    }
}
