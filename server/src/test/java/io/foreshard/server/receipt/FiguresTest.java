package io.foreshard.server.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "0.12345|0.123",
                "0.9996|1.00",
                "9.996|10.0",
                "1.5|1.50",
                "12.34|12.3",
                "99.96|100",
                "1234.4|1,234",
                "NaN|-"
            })
    void numbersHaveThreeSignificantDigits(double value, String text) {
        assertThat(Figures.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0 %", "0.00001|< 0.01 %", "0.0321|3.21 %", "0.251|25.1 %", "1|100 %", "0.8|80 %"})
    void sharesArePercentages(double value, String text) {
        assertThat(Figures.percent(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0 B", "999|999 B", "1000|1.00 kB", "999499|999 kB", "999900|1.00 MB", "5.4e12|5.40 TB"})
    void sizesHaveDecimalUnits(double value, String text) {
        assertThat(Figures.bytes(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.8|0.800 ms", "5|5 ms", "1000|1 s", "1234|1.23 s", "NaN|-"})
    void latenciesAreMillisecondsOrSeconds(double millis, String text) {
        assertThat(Figures.millis(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"PT0.25S|250 ms", "PT7S|7 s", "PT5M|5 min", "PT5M3S|5 min 3 s", "PT25H|1 d 1 h", "P7D|7 d"})
    void durationsAreTheirTwoLargestUnits(Duration duration, String text) {
        assertThat(Figures.duration(duration)).isEqualTo(text);
    }

    @Test
    void momentsAreUtc() {
        assertThat(Figures.moment(1_773_014_400_000L)).isEqualTo("2026-03-09 00:00");
        assertThat(Figures.weekdayMoment(1_773_053_520_000L)).isEqualTo("Mon 9 Mar 10:52");
    }
}
