package org.flowexp.expression;

import org.flowexp.units.Dimension;

/**
 * What a formula's value is. A truth value is a number 0 or 1 without dimension when interpreted.
 */
public record FormulaType(Kind kind, Extent extent, Dimension dimension) {

  /** Numbers and truth values do not mix. */
  public enum Kind {
    NUMBER,
    TRUTH
  }

  public static FormulaType number(Extent extent, Dimension dimension) {
    return new FormulaType(Kind.NUMBER, extent, dimension);
  }

  public static FormulaType truth(Extent extent) {
    return new FormulaType(Kind.TRUTH, extent, Dimension.NONE);
  }

  public boolean isTruth() {
    return kind == Kind.TRUTH;
  }
}
