/** A placement problem in, the cheapest placement found out. */
@NullMarked
package io.foreshard.core.placement;

import org.jspecify.annotations.NullMarked;
