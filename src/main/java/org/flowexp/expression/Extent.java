package org.flowexp.expression;

/** How many numbers a formula has: one, one per sample, or one per sample and coordinate. */
public enum Extent {
  SCALAR,
  BATCH,
  VECTOR
}
