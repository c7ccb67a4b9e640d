/** Segment load in, load forecasts with quantiles out. */
@NullMarked
package io.foreshard.core.forecast;

import org.jspecify.annotations.NullMarked;
