/** Operation logs: what was asked of a store, read back as a stream of events in time order. */
@NullMarked
package io.foreshard.control.oplog;

import org.jspecify.annotations.NullMarked;
