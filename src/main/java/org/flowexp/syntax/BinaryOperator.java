package org.flowexp.syntax;

/** Operators between two operands, with their binding strength (larger binds tighter). */
public enum BinaryOperator {
  POWER("^", 9),
  TIMES("*", 7),
  DIVIDE("/", 7),
  PLUS("+", 6),
  MINUS("-", 6),
  LESS("<", 5),
  LESS_OR_EQUAL("<=", 5),
  GREATER(">", 5),
  GREATER_OR_EQUAL(">=", 5),
  EQUAL("==", 5),
  NOT_EQUAL("!=", 5),
  AND("and", 3),
  OR("or", 2),
  PIPE(">>", 1);

  private final String symbol;
  private final int strength;

  BinaryOperator(String symbol, int strength) {
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
