package io.foreshard.server.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReceiptTableTest {
    @Test
    void aReceiptIsATableWithOneColumnPerPolicy() {
        assertThat(new ReceiptTable(false).render(SampleReceipts.threePolicies()))
                .isEqualTo("""
                        workload  demo workload, seed 1, 14 days: 1,234,567 operations on 61,234 keys in 25 segments
                                  2026-03-02 00:00 to 2026-03-16 00:00 UTC, measured from 2026-03-09 00:00 on (7 d)
                        cluster   4 nodes of 1.25 ops/s (peak 80 % used if perfectly balanced), 32 partitions, windows of 5 min

                                                      static   reactive   foreshard
                        overloaded node-minutes        1,204        532          88
                        operations later than 1 s     3.21 %     1.12 %      0.21 %
                        operations refused               120         53           8
                        p50 latency                 0.800 ms   0.800 ms    0.800 ms
                        p99 latency                   802 ms     280 ms     52.5 ms
                        max/mean node load              1.50       1.30        1.10
                        cross-node transactions         25 %       25 %        25 %
                        moves                              0         96          43
                        splits                             0          0           1
                        moved                            0 B    96.0 MB     43.0 MB
                        moves regretted                    0         31           1
                        moves abandoned                    0          4           2
                        node-hours                       672        672         672

                        Forecast error (WAPE, 30 min ahead): 18.2 %; seasonal naive: 24.9 %.
                        Planned by recent load instead of the forecast: 25 % of the time for tenant=<hanami> (its forecast (ses) was off by 80 %, seasonal naive by 60 %).
                        Event sale: expected 1.40 ops/s (1.00 without it), observed 1.60.
                        Foreshard had 93 % fewer overloaded node-minutes than static (88 against 1,204).
                        Foreshard had 83 % fewer overloaded node-minutes than reactive (88 against 532).
                        183,702 records verified over 3 runs, 0 lost: every acknowledged write was read back as it was written.
                        """);
    }

    @Test
    void onATerminalTheBestFigureOfALineIsBold() {
        String table = new ReceiptTable(true).render(SampleReceipts.threePolicies());

        assertThat(table).contains("          \u001b[1m88\u001b[0m\n").doesNotContain("\u001b[1m0.800 ms");
    }

    @Test
    void aLossIsSaidWithExamples() {
        assertThat(new ReceiptTable(false).render(SampleReceipts.withLoss()))
                .contains("183,702 records verified over 3 runs, 3 LOST OR WRONG")
                .endsWith("  foreshard: acme/17 is missing\n  foreshard: acme/18 is wrong\n");
    }
}
