/** Observed and predicted load side by side, as data to draw. */
@NullMarked
package io.foreshard.core.forecast.heat;

import org.jspecify.annotations.NullMarked;
