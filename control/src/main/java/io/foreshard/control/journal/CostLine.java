package io.foreshard.control.journal;

/**
 * One term of the cost that a plan was decided on.
 *
 * @param term the term's name
 * @param before cost per hour without the plan
 * @param after cost per hour with it
 */
public record CostLine(String term, double before, double after) {}
