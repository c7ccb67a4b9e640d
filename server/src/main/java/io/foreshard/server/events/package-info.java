/** Announced events as people write them: one line of text, or a section of the configuration. */
@NullMarked
package io.foreshard.server.events;

import org.jspecify.annotations.NullMarked;
