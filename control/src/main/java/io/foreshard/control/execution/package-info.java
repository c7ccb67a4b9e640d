/** Approved plans in, changes of the store out: state from the journal alone, decisions, effects. */
@NullMarked
package io.foreshard.control.execution;

import org.jspecify.annotations.NullMarked;
