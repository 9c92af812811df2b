package org.flowexp.syntax;

/** Operators before one operand. */
public enum UnaryOperator {
  NEGATE("-", 8),
  NOT("not", 4);

  private final String symbol;
  private final int strength;

  UnaryOperator(String symbol, int strength) {
    this.symbol = symbol;
    this.strength = strength;
  }

  public String symbol() {
    return symbol;
  }

  public int strength() {
    return strength;
  }
}
