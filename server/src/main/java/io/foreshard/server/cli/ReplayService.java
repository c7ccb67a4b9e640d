package io.foreshard.server.cli;

import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.replay.ReplayListener;

/** What carries a replay out. */
public interface ReplayService {
    Receipt run(ReplayRequest request, ReplayListener listener);
}
