/** What operations cost of machines, as configured or learned. */
@NullMarked
package io.foreshard.server.costs;

import org.jspecify.annotations.NullMarked;
