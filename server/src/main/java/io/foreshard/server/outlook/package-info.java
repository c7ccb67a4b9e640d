/** Forecasts, heat maps, capacity projections and backtests as people and programs read them. */
@NullMarked
package io.foreshard.server.outlook;

import org.jspecify.annotations.NullMarked;
