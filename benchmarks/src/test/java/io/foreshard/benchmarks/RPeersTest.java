package io.foreshard.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RPeersTest {
    @Test
    void whatRWritesIsReadByMethodInTheOrderOfTheSeries() {
        Map<String, RPeers.Method> methods = RPeers.read(List.of(
                "snaive, 1.5,2",
                "snaive,3, 4e+05",
                "seconds,snaive,0.25",
                "thetaf,5,6",
                "thetaf,7,8",
                "seconds,thetaf,2"));

        assertThat(methods.keySet()).containsExactly("snaive", "thetaf");
        RPeers.Method naive = Objects.requireNonNull(methods.get("snaive"));
        assertThat(naive.seconds()).isEqualTo(0.25);
        assertThat(naive.points().get(0)).containsExactly(1.5, 2);
        assertThat(naive.points().get(1)).containsExactly(3, 400_000);
        assertThat(Objects.requireNonNull(methods.get("thetaf")).points().get(1))
                .containsExactly(7, 8);
    }
}
