/** Seeded property tests. */
@NullMarked
package io.foreshard.testkit.seeded;

import org.jspecify.annotations.NullMarked;
