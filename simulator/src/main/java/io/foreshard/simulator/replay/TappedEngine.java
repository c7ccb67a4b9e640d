package io.foreshard.simulator.replay;

import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.EngineCapabilities;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.engine.StepCommand;
import io.foreshard.core.engine.StepOutcome;
import io.foreshard.core.workload.WorkloadSample;
import java.util.List;
import java.util.function.Consumer;

/** An engine whose samples others hear of too: what was counted can be taken from an engine only once. */
final class TappedEngine implements Engine {
    private final Engine engine;
    private final List<Consumer<WorkloadSample>> taps;

    TappedEngine(Engine engine, List<Consumer<WorkloadSample>> taps) {
        this.engine = engine;
        this.taps = List.copyOf(taps);
    }

    @Override
    public EngineCapabilities capabilities() {
        return engine.capabilities();
    }

    @Override
    public EngineObservation observe() {
        EngineObservation seen = engine.observe();
        for (Consumer<WorkloadSample> tap : taps) {
            tap.accept(seen.workload());
        }
        return seen;
    }

    @Override
    public StepOutcome apply(StepCommand command) {
        return engine.apply(command);
    }

    @Override
    public StepOutcome abandon(StepCommand command) {
        return engine.abandon(command);
    }

    @Override
    public void close() {
        engine.close();
    }
}
