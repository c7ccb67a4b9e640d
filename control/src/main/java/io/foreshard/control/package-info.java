/** One tick: observe, analyse, propose, approve, execute, journal. */
@NullMarked
package io.foreshard.control;

import org.jspecify.annotations.NullMarked;
