package org.flowexp.units;

/**
 * A unit of fixed size.
 *
 * @param name the symbol a user writes, such as {@code kcal}
 * @param dimension what the unit measures
 * @param factor value × factor is the same quantity in internal units; finite and positive
 */
public record Unit(String name, Dimension dimension, double factor) {

  /** Refuses a unit of no size. */
  public Unit {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a unit needs a name");
    }
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("unit " + name + " has the factor " + factor);
    }
  }
}
