/** Cost terms of the operator's own: expressions in the configuration and Java on the class path. */
@NullMarked
package io.foreshard.server.terms;

import org.jspecify.annotations.NullMarked;
