/** The parts of the objective, one file each. */
@NullMarked
package io.foreshard.core.placement.cost;

import org.jspecify.annotations.NullMarked;
