/** The key space of a table: keys, ranges, tags, segments, partitions, nodes and the map between them. */
@NullMarked
package io.foreshard.core.keyspace;

import org.jspecify.annotations.NullMarked;
