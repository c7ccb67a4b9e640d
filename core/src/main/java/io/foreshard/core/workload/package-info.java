/** Operation events in, per-segment load windows and load shares out. */
@NullMarked
package io.foreshard.core.workload;

import org.jspecify.annotations.NullMarked;
