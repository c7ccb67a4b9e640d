package io.foreshard.benchmarks;

import io.foreshard.core.forecast.Pool;
import io.foreshard.core.forecast.QuantileForecast;
import io.foreshard.core.forecast.SeriesForecaster;
import io.foreshard.core.forecast.SeriesHistory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Any series of load: forecasts from several origins, against repeating the last season.
 *
 * <p>A series' absolute errors are summed over all its origins; the ratio to the seasonal naive sum is averaged
 * geometrically over series, so that no series counts more for being large. Origins lie one horizon apart at the
 * series' end, at most one week back; the first needs half of the wanted history, or three seasons. Steps without an
 * observation are not scored; series on which seasonal naive makes no error are left out and counted.
 */
final class SeriesBenchmark implements Benchmark {
    private final Map<String, SeriesScore> scores = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> peerErrors = new LinkedHashMap<>();
    private final Map<String, Double> peerSeconds = new LinkedHashMap<>();
    private boolean withPeers;
    private double seconds;
    private int forecasts;

    @Override
    public String usage() {
        return "--file FILE --step 1h --horizon 24 --season 24[,168] --history 28d [--origins 7] [--absent zero]"
                + " [--models a,b] [--worst 10] [--peers] [--json]: any series, against seasonal naive; --peers runs R's"
                + " package forecast beside it";
    }

    @Override
    public void run(List<String> words) throws IOException {
        Arguments arguments = new Arguments(
                words,
                Set.of("file", "step", "horizon", "season", "history", "origins", "absent", "models", "worst"),
                Set.of("json", "peers"));
        withPeers = arguments.has("peers");
        Protocol protocol = Protocol.of(arguments);
        double absent = arguments.value("absent").orElse("gap").equals("zero") ? 0 : Double.NaN;
        Map<String, double[]> series = new LinkedHashMap<>();
        for (TimedSeries each : SeriesFile.read(arguments.file("file")).values()) {
            series.put(each.name(), each.meansPer(protocol.stepMillis(), absent));
        }
        for (int o = 1; o <= protocol.origins(); o++) {
            forecastAll(series, o, protocol);
        }
        report(arguments, series.size() - scores.size());
    }

    /** Forecasts every series that is long enough from its {@code origin}-th last origin. */
    private void forecastAll(Map<String, double[]> series, int origin, Protocol protocol) throws IOException {
        Map<String, SeriesHistory> histories = new LinkedHashMap<>();
        series.forEach((name, values) -> {
            int end = values.length - origin * protocol.horizon();
            int from = Math.max(0, end - protocol.history());
            if (end - from >= protocol.leastHistory() && hasValue(values, from, end)) {
                int[] seasons = protocol.seasonsShownBy(end - from);
                histories.put(name, SeriesHistory.filled(Arrays.copyOfRange(values, from, end), seasons));
            }
        });
        Stopwatch watch = new Stopwatch();
        Pool pool = Pool.learn(List.copyOf(histories.values()));
        seconds += watch.seconds();
        histories.forEach((name, history) -> {
            double[] values = Objects.requireNonNull(series.get(name));
            int end = values.length - origin * protocol.horizon();
            score(name, history, pool, Arrays.copyOfRange(values, end, end + protocol.horizon()), protocol);
        });
        if (withPeers) {
            forecastPeers(series, histories, origin, protocol);
        }
    }

    private void forecastPeers(
            Map<String, double[]> series, Map<String, SeriesHistory> histories, int origin, Protocol protocol)
            throws IOException {
        List<double[]> known = new ArrayList<>();
        for (SeriesHistory history : histories.values()) {
            double[] values = new double[history.length()];
            Arrays.setAll(values, history::value);
            known.add(values);
        }
        RPeers.forecast(known, protocol.naiveSeason(), protocol.horizon())
                .orElse(Map.of())
                .forEach((method, forecasts) -> {
                    peerSeconds.merge(method, forecasts.seconds(), Double::sum);
                    Map<String, Double> errors = peerErrors.computeIfAbsent(method, ignored -> new LinkedHashMap<>());
                    int place = 0;
                    for (String name : histories.keySet()) {
                        double[] values = Objects.requireNonNull(series.get(name));
                        int end = values.length - origin * protocol.horizon();
                        double[] points = forecasts.points().get(place++);
                        double error = 0;
                        for (int h = 0; h < points.length; h++) {
                            error += values[end + h] >= 0 ? Math.abs(values[end + h] - points[h]) : 0;
                        }
                        errors.merge(name, error, Double::sum);
                    }
                });
    }

    /** The geometric mean over series of a peer's error over seasonal naive's. */
    private double peerRatio(Map<String, Double> errors) {
        double logs = 0;
        int counted = 0;
        for (Map.Entry<String, SeriesScore> entry : scores.entrySet()) {
            double naive = entry.getValue().naive();
            if (naive > 0) {
                logs += Math.log(Math.max(1e-3, errors.getOrDefault(entry.getKey(), 0.0) / naive));
                counted++;
            }
        }
        return Math.exp(logs / counted);
    }

    private static boolean hasValue(double[] values, int from, int until) {
        for (int t = from; t < until; t++) {
            if (values[t] >= 0) {
                return true;
            }
        }
        return false;
    }

    private void score(String name, SeriesHistory history, Pool pool, double[] truth, Protocol protocol) {
        Stopwatch watch = new Stopwatch();
        QuantileForecast forecast = SeriesForecaster.of(protocol.models(), history, protocol.horizon(), pool)
                .forecast(history, protocol.horizon());
        seconds += watch.seconds();
        forecasts++;
        SeriesScore score = scores.computeIfAbsent(name, ignored -> new SeriesScore());
        int season = Math.min(protocol.naiveSeason(), history.length());
        for (int h = 0; h < truth.length; h++) {
            if (truth[h] >= 0) {
                double naive = history.value(history.length() - season + h % season);
                score.add(truth[h], naive, forecast, h);
            }
        }
    }

    private void report(Arguments arguments, int tooShort) {
        double logs = 0;
        double inside = 0;
        double steps = 0;
        int counted = 0;
        int ahead = 0;
        List<Map.Entry<String, Double>> ratios = new ArrayList<>();
        for (Map.Entry<String, SeriesScore> entry : scores.entrySet()) {
            SeriesScore score = entry.getValue();
            inside += score.inside();
            steps += score.steps();
            if (score.naive() > 0) {
                double ratio = Math.max(1e-3, score.error() / score.naive());
                ratios.add(Map.entry(entry.getKey(), ratio));
                logs += Math.log(ratio);
                ahead += ratio < 1 ? 1 : 0;
                counted++;
            }
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mae_ratio_geomean", counted == 0 ? null : Math.exp(logs / counted));
        fields.put("coverage95", steps == 0 ? null : inside / steps);
        fields.put("series_per_second", forecasts / seconds);
        fields.put("series", counted);
        fields.put("series_ahead_of_naive", ahead);
        fields.put("series_too_short", tooShort);
        fields.put("series_without_naive_error", scores.size() - counted);
        fields.put("forecasts", forecasts);
        if (withPeers && peerErrors.isEmpty()) {
            fields.put("peers", RPeers.ABSENT);
        }
        peerErrors.forEach((method, errors) -> {
            fields.put("r_" + method + "_mae_ratio_geomean", peerRatio(errors));
            fields.put("r_" + method + "_series_per_second", forecasts / peerSeconds.getOrDefault(method, 0.0));
        });
        if (arguments.has("json")) {
            System.out.println(Json.of(fields));
        } else {
            fields.forEach((name, value) -> System.out.printf(Locale.ROOT, "%-34s %s%n", name, value));
        }
        ratios.sort(Map.Entry.<String, Double>comparingByValue().reversed());
        for (Map.Entry<String, Double> worst :
                ratios.subList(0, Math.min(ratios.size(), arguments.integer("worst", 0)))) {
            System.err.printf(Locale.ROOT, "%8.3f %s%n", worst.getValue(), worst.getKey());
        }
    }
}
