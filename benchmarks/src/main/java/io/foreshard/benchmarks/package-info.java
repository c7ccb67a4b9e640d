/** Side-by-side measurements on public data, one sub-command each. */
@NullMarked
package io.foreshard.benchmarks;

import org.jspecify.annotations.NullMarked;
