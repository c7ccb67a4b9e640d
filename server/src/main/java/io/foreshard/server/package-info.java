/** The composition root: where the command line meets everything else. */
@NullMarked
package io.foreshard.server;

import org.jspecify.annotations.NullMarked;
