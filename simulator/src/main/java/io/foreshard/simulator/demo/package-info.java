/** The generated workload of the demo: the shapes that hurt in practice, from one seed. */
@NullMarked
package io.foreshard.simulator.demo;

import org.jspecify.annotations.NullMarked;
