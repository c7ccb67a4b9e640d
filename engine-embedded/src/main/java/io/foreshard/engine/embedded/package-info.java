/**
 * RocksDB nodes in one process: the store that Foreshard brings along.
 *
 * <p>{@link io.foreshard.engine.embedded.EmbeddedEngine} is the way in;
 * {@link io.foreshard.engine.embedded.StoreClient} is what applications use.
 */
@NullMarked
package io.foreshard.engine.embedded;

import org.jspecify.annotations.NullMarked;
