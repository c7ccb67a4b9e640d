package io.foreshard.benchmarks;

/** The caller's fault: a wrong argument or input file, said in one line. */
final class BenchmarkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchmarkException(String message) {
        super(message);
    }
}
