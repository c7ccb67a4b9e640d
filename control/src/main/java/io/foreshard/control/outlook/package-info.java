/** Looks ahead from a history, and back at how well one could have: forecasts and backtests of many segments. */
@NullMarked
package io.foreshard.control.outlook;

import org.jspecify.annotations.NullMarked;
