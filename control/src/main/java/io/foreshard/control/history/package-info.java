/** The load of the past: read out of operation logs, rate tables and the history store, as load windows per segment. */
@NullMarked
package io.foreshard.control.history;

import org.jspecify.annotations.NullMarked;
