/** Counting where operations happen: many threads, no lock on their way, bounded memory, loss counted. */
@NullMarked
package io.foreshard.live;

import org.jspecify.annotations.NullMarked;
