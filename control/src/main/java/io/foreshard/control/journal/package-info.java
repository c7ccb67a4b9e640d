/** The durable record of every decision and outcome: recovery and audit read the same file. */
@NullMarked
package io.foreshard.control.journal;

import org.jspecify.annotations.NullMarked;
