/** What predicted operations will ask of machines: CPU, memory, I/O, network. */
@NullMarked
package io.foreshard.core.forecast.capacity;

import org.jspecify.annotations.NullMarked;
