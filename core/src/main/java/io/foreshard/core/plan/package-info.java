/** A placement in, an ordered and explained migration plan out. */
@NullMarked
package io.foreshard.core.plan;

import org.jspecify.annotations.NullMarked;
