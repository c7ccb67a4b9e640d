/** A workload in, one receipt per policy out: the same operations, for real, on a fresh store each time. */
@NullMarked
package io.foreshard.simulator.replay;

import org.jspecify.annotations.NullMarked;
