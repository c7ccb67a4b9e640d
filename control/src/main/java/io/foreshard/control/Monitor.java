package io.foreshard.control;

import io.foreshard.core.engine.Engine;
import io.foreshard.core.engine.EngineObservation;
import io.foreshard.core.workload.WorkloadAnalyzer;

/** Looks at the engine and feeds what it counted to the workload analysis. */
public final class Monitor {
    private final Engine engine;
    private final WorkloadAnalyzer workload;

    public Monitor(Engine engine, WorkloadAnalyzer workload) {
        this.engine = engine;
        this.workload = workload;
    }

    /** The store as it is now. */
    public EngineObservation observe() {
        EngineObservation seen = engine.observe();
        workload.observe(seen.workload());
        workload.follow(seen.map());
        return seen;
    }

    public WorkloadAnalyzer workload() {
        return workload;
    }
}
