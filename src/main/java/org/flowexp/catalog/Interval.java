package org.flowexp.catalog;

/** Two ends, in internal units: of a range, or of a change from the first to the second. */
public record Interval(double from, double to) {}
