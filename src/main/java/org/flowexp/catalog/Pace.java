package org.flowexp.catalog;

/**
 * A step of time, of a system that has a time or of one that has none.
 *
 * @param value ps, or without unit
 * @param isTime whether it has a unit
 */
public record Pace(double value, boolean isTime) {}
