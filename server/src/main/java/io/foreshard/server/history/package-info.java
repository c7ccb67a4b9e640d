/** What a history holds, as tables, JSON and CSV. */
@NullMarked
package io.foreshard.server.history;

import org.jspecify.annotations.NullMarked;
