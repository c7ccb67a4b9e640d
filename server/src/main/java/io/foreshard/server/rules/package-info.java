/** Rules that give a log the tags it does not carry. */
@NullMarked
package io.foreshard.server.rules;

import org.jspecify.annotations.NullMarked;
