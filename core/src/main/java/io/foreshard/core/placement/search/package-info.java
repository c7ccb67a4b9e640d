/**
 * The local search under every placement: a state on primitive arrays, the two SPIs that judge it, and the walk.
 *
 * <p>It knows partitions, nodes and resources by index only, so that any assignment problem of this shape can use it.
 */
@NullMarked
package io.foreshard.core.placement.search;

import org.jspecify.annotations.NullMarked;
