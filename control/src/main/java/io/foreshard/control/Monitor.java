package io.foreshard.control;

import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.workload.WorkloadAnalyzer;
import io.foreshard.core.workload.WorkloadSample;
import java.util.function.Consumer;

/** Looks at the engine and feeds what it counted to the workload analysis. */
public final class Monitor {
    private final Engine engine;
    private final WorkloadAnalyzer workload;
    private final Consumer<WorkloadSample> recorder;

    public Monitor(Engine engine, WorkloadAnalyzer workload) {
        this(engine, workload, sample -> {});
    }

    /**
     * A monitor whose samples are kept as well.
     *
     * @param recorder is given every sample, such as a history recorder
     */
    public Monitor(Engine engine, WorkloadAnalyzer workload, Consumer<WorkloadSample> recorder) {
        this.engine = engine;
        this.workload = workload;
        this.recorder = recorder;
    }

    /** The store as it is now. */
    public EngineObservation observe() {
        EngineObservation seen = engine.observe();
        workload.observe(seen.workload());
        recorder.accept(seen.workload());
        workload.follow(seen.map());
        return seen;
    }

    public WorkloadAnalyzer workload() {
        return workload;
    }
}
