/** A cluster as its operator exports it: one JSON file, read with the place of every value. */
@NullMarked
package io.foreshard.server.snapshot;

import org.jspecify.annotations.NullMarked;
