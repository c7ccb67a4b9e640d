package io.foreshard.control.planning;

import io.foreshard.core.forecast.EventCalendar;
import io.foreshard.core.forecast.LoadEvent;
import io.foreshard.core.forecast.LoadForecast;
import io.foreshard.core.keyspace.PartitionId;
import io.foreshard.core.keyspace.Segment;
import io.foreshard.core.plan.MigrationPlan;
import io.foreshard.core.plan.PlannedStep;
import io.foreshard.core.workload.LoadShare;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What has to be said of the forecasts that a plan was made from: which segments were planned for by their recent load
 * because their forecast has no authority, and which announced events count.
 */
final class ForecastRemarks {
    /** A move is by recent load when this part of its partition's load is. */
    private static final double MOSTLY = 0.5;

    private static final int NAMED_MAX = 2;

    private final List<LoadForecast> forecasts;

    ForecastRemarks(List<LoadForecast> forecasts) {
        this.forecasts = forecasts;
    }

    /** To be put behind the reason of a decision; empty when there is nothing to say. */
    String text(EventCalendar events) {
        List<LoadForecast> without =
                forecasts.stream().filter(f -> f.fallbackReason().isPresent()).toList();
        StringBuilder text = new StringBuilder();
        if (!without.isEmpty()) {
            text.append("; planned by recent load: ");
            text.append(without.stream()
                    .limit(NAMED_MAX)
                    .map(f -> f.segment() + ", " + f.fallbackReason().orElse(""))
                    .collect(Collectors.joining("; ")));
            text.append(more(without.size()));
        }
        TreeSet<String> inForce = new TreeSet<>();
        forecasts.forEach(forecast -> inForce.addAll(forecast.events()));
        if (!inForce.isEmpty()) {
            text.append("; with announced events: ").append(String.join(", ", inForce));
        }
        List<Segment> segments = forecasts.stream().map(LoadForecast::segment).toList();
        for (LoadEvent event : events.meaningNoneOf(segments)) {
            text.append("; event ").append(event.name()).append(" means none of the segments (tag ");
            text.append(event.tags().stream().map(Object::toString).collect(Collectors.joining(", ")));
            text.append(')');
        }
        return text.toString();
    }

    private static String more(int named) {
        return named > NAMED_MAX ? "; and " + (named - NAMED_MAX) + " more" : "";
    }

    /** The plan with the reasons of those moves completed that rest mostly on recent load. */
    MigrationPlan explained(MigrationPlan plan, LoadShare share) {
        Map<PartitionId, Load> loads = loads(share);
        List<PlannedStep> steps = new ArrayList<>();
        for (PlannedStep step : plan.steps()) {
            Optional<LoadForecast> recent = step.step().partitions().stream()
                    .filter(loads::containsKey)
                    .flatMap(partition -> loads.getOrDefault(partition, new Load()).mostlyRecent().stream())
                    .findFirst();
            steps.add(recent.map(forecast -> explained(step, forecast)).orElse(step));
        }
        return new MigrationPlan(plan.table(), plan.madeAtMillis(), steps, plan.dropped());
    }

    private static PlannedStep explained(PlannedStep step, LoadForecast recent) {
        return new PlannedStep(
                step.step(),
                step.reason() + ", by the recent load of " + recent.segment() + " ("
                        + recent.fallbackReason().orElse("") + ")",
                step.actByMillis(),
                step.readyByMillis(),
                step.expectedMillis(),
                step.expectedBytes(),
                step.after());
    }

    private Map<PartitionId, Load> loads(LoadShare share) {
        Map<PartitionId, Load> loads = new HashMap<>();
        for (LoadForecast forecast : forecasts) {
            double highest = 0;
            for (int w = 0; w < forecast.windows(); w++) {
                highest = Math.max(highest, forecast.p50(w));
            }
            for (LoadShare.Share part : share.of(forecast.segment())) {
                loads.computeIfAbsent(part.partition(), id -> new Load()).add(forecast, highest * part.fraction());
            }
        }
        return loads;
    }

    /** What one partition is predicted to carry, and how much of it is recent load. */
    private static final class Load {
        private double all;
        private double recent;
        private double heaviest = -1;
        private Optional<LoadForecast> heaviestRecent = Optional.empty();

        void add(LoadForecast forecast, double amount) {
            all += amount;
            if (forecast.fallbackReason().isPresent()) {
                recent += amount;
                if (amount > heaviest) {
                    heaviest = amount;
                    heaviestRecent = Optional.of(forecast);
                }
            }
        }

        Optional<LoadForecast> mostlyRecent() {
            return recent > MOSTLY * all ? heaviestRecent : Optional.empty();
        }
    }
}
