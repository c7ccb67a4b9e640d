/** The hard rules, one file each; every one refuses with a reason. */
@NullMarked
package io.foreshard.core.placement.constraint;

import org.jspecify.annotations.NullMarked;
