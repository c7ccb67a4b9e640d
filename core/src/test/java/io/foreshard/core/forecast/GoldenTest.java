package io.foreshard.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Our models beside the figures of R's {@code forecast} package; the table says which version. */
final class GoldenTest {
    private static final int[] NO_SEASON = {};
    private static final int[] YEAR = {12};

    @Test
    void simpleSmoothingWithAGivenRateIsRs() throws IOException {
        double[] nile = figures("nile");
        Smoothing smoothing = Smoothing.at(nile, 1, 1, new Smoothing.Rates(0.3, 0, 0, 0, 0, 0));

        smoothing.run(nile, 0);

        assertThat(smoothing.forecast(1)).containsExactly(figures("ses03"), within(1e-3));
    }

    @Test
    void simpleSmoothingFindsTheRateThatRFinds() throws IOException {
        double[] forecast = forecast(SmoothingModel.simple(), figures("nile"), NO_SEASON, 1);

        assertThat(forecast[0]).isCloseTo(figures("ses_simple")[0], within(4.0));
    }

    @Test
    void thetaIsWithinHalfAPercentOfRs() throws IOException {
        double[] expected = figures("thetaf");
        double[] forecast = forecast(new Theta(), figures("nile"), NO_SEASON, expected.length);

        for (int h = 0; h < expected.length; h++) {
            assertThat(forecast[h]).as("step %d", h).isCloseTo(expected[h], within(0.005 * expected[h]));
        }
    }

    @Test
    void driftIsRs() throws IOException {
        assertThat(forecast(new Drift(), figures("nile"), NO_SEASON, 3)).containsExactly(figures("rwf"), within(1e-3));
    }

    @Test
    void seasonalNaiveIsRs() throws IOException {
        assertThat(forecast(new SeasonalNaive(0), figures("data"), YEAR, 12)).containsExactly(figures("snaive"));
    }

    @Test
    void classicalDecompositionIsRs() throws IOException {
        assertThat(SeasonalShape.of(figures("data"), 12)).containsExactly(figures("decomp"), within(1e-3));
    }

    @Test
    void autocorrelationIsRs() throws IOException {
        double[] deaths = figures("data");

        assertThat(SeasonalShape.autocorrelation(deaths, 1)).isCloseTo(figures("acf12")[0], within(1e-4));
        assertThat(SeasonalShape.autocorrelation(deaths, 12)).isCloseTo(figures("acf12")[1], within(1e-4));
    }

    private static double[] forecast(ForecastModel model, double[] values, int[] seasons, int horizon) {
        SeriesHistory history = new SeriesHistory(values, values.length, seasons);
        return ModelsTest.fitted(model, history).forecast(history, horizon);
    }

    private static double[] figures(String name) throws IOException {
        try (InputStream table =
                Objects.requireNonNull(GoldenTest.class.getResourceAsStream("/forecast/r-forecast.csv"))) {
            String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
            String line = text.lines()
                    .filter(each -> each.startsWith(name + ","))
                    .findFirst()
                    .orElseThrow();
            return Arrays.stream(line.substring(name.length() + 1).split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }
}
