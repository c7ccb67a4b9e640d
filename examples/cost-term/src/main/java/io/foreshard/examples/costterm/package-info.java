/** A cost term of your own. */
@NullMarked
package io.foreshard.examples.costterm;

import org.jspecify.annotations.NullMarked;
