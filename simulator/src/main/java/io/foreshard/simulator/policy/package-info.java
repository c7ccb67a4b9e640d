/** The policies that Foreshard is compared with, one file each. */
@NullMarked
package io.foreshard.simulator.policy;

import org.jspecify.annotations.NullMarked;
