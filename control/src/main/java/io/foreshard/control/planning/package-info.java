/** The policy that plans ahead: forecasts, placement and plan in one proposal. */
@NullMarked
package io.foreshard.control.planning;

import org.jspecify.annotations.NullMarked;
