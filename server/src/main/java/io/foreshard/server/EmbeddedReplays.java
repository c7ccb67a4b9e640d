package io.foreshard.server;

import io.foreshard.control.InputException;
import io.foreshard.control.InputException.ErrorCode;
import io.foreshard.server.cli.ReplayRequest;
import io.foreshard.server.cli.ReplayService;
import io.foreshard.simulator.receipt.Receipt;
import io.foreshard.simulator.replay.ReplayListener;

final class EmbeddedReplays implements ReplayService {
    @Override
    public Receipt run(ReplayRequest request, ReplayListener listener) {
        throw new InputException(ErrorCode.SETTING, "replays are not connected yet.");
    }
}
