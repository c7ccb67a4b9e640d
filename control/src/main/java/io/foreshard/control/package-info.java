/** Threads, time and files around the core. */
@NullMarked
package io.foreshard.control;

import org.jspecify.annotations.NullMarked;
