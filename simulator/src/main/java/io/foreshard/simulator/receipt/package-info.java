/** What a replay hands out: plain figures and series, without any rendering. */
@NullMarked
package io.foreshard.simulator.receipt;

import org.jspecify.annotations.NullMarked;
