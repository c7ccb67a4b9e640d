/** The receipt of a replay as people and programs read it: a table, JSON, a page. */
@NullMarked
package io.foreshard.server.receipt;

import org.jspecify.annotations.NullMarked;
