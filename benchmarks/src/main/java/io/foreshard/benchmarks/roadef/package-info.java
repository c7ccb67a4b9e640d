/**
 * The Google ROADEF/EURO challenge 2012, machine reassignment, as terms and constraints of Foreshard's own placement
 * search: processes are partitions, machines are nodes, locations are zones.
 *
 * <p>Definition: "Google ROADEF/EURO challenge 2011-2012: Machine Reassignment", problem description, sections 2 and 3.
 */
@NullMarked
package io.foreshard.benchmarks.roadef;

import org.jspecify.annotations.NullMarked;
