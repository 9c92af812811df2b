package org.flowexp.model;

import org.flowexp.expression.Formula;

/**
 * One number per sample.
 *
 * @param name as it was written
 */
public record Observed(String name, Formula formula) {}
