package io.foreshard.benchmarks;

import java.io.IOException;
import java.util.List;

/** One sub-command of {@code foreshard-bench}. */
interface Benchmark {
    /** What it measures and its options, one line. */
    String usage();

    /**
     * Runs and prints its result.
     *
     * @throws BenchmarkException when an argument or input file is wrong; the message says what to do
     */
    void run(List<String> words) throws IOException;
}
