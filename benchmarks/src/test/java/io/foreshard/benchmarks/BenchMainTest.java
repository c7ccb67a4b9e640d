package io.foreshard.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchMainTest {
    @Test
    void anUnknownNameListsTheKnownOnes() throws IOException {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();

        int exit = BenchMain.run(List.of("nonsense"), new PrintStream(errors, true, StandardCharsets.UTF_8));

        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("usage: foreshard-bench NAME");
    }
}
