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
import java.util.Set;

/**
 * The M4 competition's hourly protocol: 48 steps ahead, scored against Naive2.
 *
 * <p>Makridakis, Spiliotis and Assimakopoulos, The M4 Competition, International Journal of Forecasting 36 (2020).
 * Without a test file the last 48 points of every training series are forecast, then the 48 before them, and so on.
 */
final class M4Benchmark implements Benchmark {
    private static final int HORIZON = 48;
    private static final int[] SEASONS = {24, 168};

    private final M4Score ours = new M4Score();
    private final M4Score naive2 = new M4Score();
    private final Map<String, M4Score> peers = new LinkedHashMap<>();
    private final Map<String, Double> peerSeconds = new LinkedHashMap<>();
    private boolean withPeers;
    private double seconds;
    private int forecasts;

    @Override
    public String usage() {
        return "--train FILE [--test FILE] [--origins 3] [--models a,b] [--peers] [--json]: the M4 hourly protocol; --peers runs"
                + " R's package forecast beside it";
    }

    @Override
    public void run(List<String> words) throws IOException {
        Arguments arguments =
                new Arguments(words, Set.of("train", "test", "origins", "models"), Set.of("json", "peers"));
        withPeers = arguments.has("peers");
        Map<String, TimedSeries> train = SeriesFile.read(arguments.file("train"));
        Map<String, TimedSeries> test = arguments.has("test") ? SeriesFile.read(arguments.file("test")) : Map.of();
        List<String> all = SeriesForecaster.modelNames();
        List<String> models =
                arguments.value("models").map(text -> List.of(text.split(","))).orElse(all);
        if (arguments.has("test")) {
            List<double[]> known = new ArrayList<>();
            List<double[]> truths = new ArrayList<>();
            for (Map.Entry<String, TimedSeries> entry : train.entrySet()) {
                TimedSeries truth = test.get(entry.getKey());
                if (truth == null) {
                    throw new BenchmarkException("the test file has no series " + entry.getKey());
                }
                known.add(entry.getValue().values());
                truths.add(truth.values());
            }
            score(models, known, truths);
        } else {
            for (int o = 1; o <= arguments.integer("origins", 3); o++) {
                List<double[]> known = new ArrayList<>();
                List<double[]> truths = new ArrayList<>();
                for (TimedSeries series : train.values()) {
                    double[] values = series.values();
                    int end = values.length - o * HORIZON;
                    known.add(Arrays.copyOf(values, end));
                    truths.add(Arrays.copyOfRange(values, end, end + HORIZON));
                }
                score(models, known, truths);
            }
        }
        print(arguments.has("json"));
    }

    private void scorePeers(List<double[]> known, List<double[]> truths) throws IOException {
        RPeers.forecast(known, SEASONS[0], HORIZON).orElse(Map.of()).forEach((name, method) -> {
            M4Score score = peers.computeIfAbsent(name, ignored -> new M4Score());
            for (int i = 0; i < truths.size(); i++) {
                double scale = M4Score.seasonalScale(known.get(i), SEASONS[0]);
                score.addPoints(truths.get(i), method.points().get(i), scale);
            }
            peerSeconds.merge(name, method.seconds(), Double::sum);
        });
    }

    /** Forecasts all series from one origin, each with what all of them have in common. */
    private void score(List<String> models, List<double[]> known, List<double[]> truths) throws IOException {
        if (withPeers) {
            scorePeers(known, truths);
        }
        List<SeriesHistory> histories = known.stream()
                .map(values -> SeriesHistory.filled(values, SEASONS))
                .toList();
        Stopwatch watch = new Stopwatch();
        Pool pool = Pool.learn(histories);
        seconds += watch.seconds();
        for (int i = 0; i < histories.size(); i++) {
            score(models, histories.get(i), pool, known.get(i), truths.get(i));
        }
    }

    private void score(List<String> models, SeriesHistory history, Pool pool, double[] train, double[] truth) {
        Stopwatch watch = new Stopwatch();
        QuantileForecast forecast =
                SeriesForecaster.of(models, history, HORIZON, pool).forecast(history, HORIZON);
        seconds += watch.seconds();
        forecasts++;
        double scale = M4Score.seasonalScale(train, SEASONS[0]);
        double[] point = new double[truth.length];
        double[] low = new double[truth.length];
        double[] high = new double[truth.length];
        for (int h = 0; h < truth.length; h++) {
            point[h] = forecast.p50(h);
            low[h] = forecast.lower95(h);
            high[h] = forecast.upper95(h);
        }
        ours.addPoints(truth, point, scale);
        ours.addIntervals(truth, low, high, scale);
        naive2.addPoints(truth, Naive2.forecast(train, SEASONS[0], truth.length), scale);
    }

    private void print(boolean json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("owa", owa(ours));
        fields.put("smape", ours.smape());
        fields.put("mase", ours.mase());
        fields.put("msis", ours.msis());
        fields.put("coverage95", ours.coverage());
        fields.put("series_per_second", forecasts / seconds);
        fields.put("forecasts", forecasts);
        fields.put("naive2_smape", naive2.smape());
        fields.put("naive2_mase", naive2.mase());
        if (withPeers) {
            if (peers.isEmpty()) {
                fields.put("peers", RPeers.ABSENT);
            }
            peers.forEach((name, score) -> {
                fields.put("r_" + name + "_owa", owa(score));
                fields.put("r_" + name + "_series_per_second", forecasts / peerSeconds.getOrDefault(name, 0.0));
            });
        }
        if (json) {
            System.out.println(Json.of(fields));
        } else {
            fields.forEach((name, value) -> System.out.printf(Locale.ROOT, "%-28s %s%n", name, value));
        }
    }

    private double owa(M4Score score) {
        return 0.5 * (score.smape() / naive2.smape() + score.mase() / naive2.mase());
    }
}
