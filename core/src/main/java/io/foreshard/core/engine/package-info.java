/** What Foreshard asks of a store: observe it, carry a step forward. */
@NullMarked
package io.foreshard.core.engine;

import org.jspecify.annotations.NullMarked;
