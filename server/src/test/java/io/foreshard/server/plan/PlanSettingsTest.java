package io.foreshard.server.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foreshard.control.InputException;
import io.foreshard.core.keyspace.Resource;
import io.foreshard.server.config.ConfigurationFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanSettingsTest {
    @TempDir
    Path directory;

    private PlanSettings read(String yaml) {
        try {
            Path file = directory.resolve("foreshard.yaml");
            Files.writeString(file, yaml);
            return PlanSettings.read(ConfigurationFile.read(file).section("placement"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void settingsAreReadAndTheOthersAreAsUsual() {
        PlanSettings settings = read("""
                placement:
                  headroom: 0.8
                  quantile: 0.95
                  hardResources: [memory, io_ops]
                  concurrentMoves: 7
                  concurrentMovesPerNode: 2
                  nodeStart: 3m
                  weights:
                    evenness: 2
                """);

        assertThat(settings.placement().headroom()).isEqualTo(0.8);
        assertThat(settings.placement().weights().evenness()).isEqualTo(2);
        assertThat(settings.placement().weights().overload()).isEqualTo(100);
        assertThat(settings.quantiles()).containsEntry(Resource.CPU, 0.95).containsEntry(Resource.IO_OPS, 0.99);
        assertThat(settings.planner(100).concurrentMoves()).isEqualTo(7);
        assertThat(settings.planner(100).concurrentMovesPerNode()).isEqualTo(2);
        assertThat(settings.nodeStart()).isEqualTo(Duration.ofMinutes(3));
        assertThat(PlanSettings.usual().planner(100).concurrentMoves()).isEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weights: {overload: -1} | placement.weights.overload is '-1' (foreshard.yaml:2): expected a number from 0.0",
                "weights: {overload: .nan} | placement.weights.overload is '.nan'",
                "weights: {overload: NaN} | placement.weights.overload is 'NaN' (foreshard.yaml:2): expected a finite number",
                "weights: {overload: 0, evenness: 0, transfer: 0, client: 0, lineage: 0, nodeInUse: 0, drain: 0, misplaced: 0}"
                        + " | placement.weights is a section (foreshard.yaml:2): expected one weight above 0",
                "weights: {overlod: 1} | placement.weights.overlod (foreshard.yaml:2) is not a setting",
                "headroom: 1.5 | placement.headroom is '1.5' (foreshard.yaml:2): expected a number from 0.01 to 1.0",
                "quantile: 0.1 | placement.quantile is '0.1'",
                "hardResources: [ram] | placement.hardResources is a list (foreshard.yaml:2): expected a list of resources: cpu",
                "concurrentMoves: 0 | placement.concurrentMoves is '0'",
            })
    void whatCannotBeUsedIsNamedWithItsPlace(String setting, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read("placement:\n  " + setting + "\n"))
                .withMessageContaining(message);
    }
}
