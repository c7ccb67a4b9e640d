package io.foreshard.server.cli;

import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.replay.ReplayListener;
import io.foreshard.simulator.replay.ReplayRequest;
import java.util.function.BooleanSupplier;

/** What carries a replay out. */
public interface ReplayService {
    /**
     * Runs a replay to its end.
     *
     * @param stop asked often; once it says yes, the replay ends with a
     *     {@link io.foreshard.simulator.replay.ReplayStoppedException}
     */
    Receipt run(ReplayRequest request, ReplayListener listener, BooleanSupplier stop);
}
