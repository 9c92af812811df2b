package org.flowexp.expression;

/** Elementwise operations; {@code word} is how the canonical form and the language write them. */
public enum Operation {
  NEGATE("-"),
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  DIVIDE("/"),
  POWER("^"),
  EXP("exp"),
  LOG("log"),
  SQRT("sqrt"),
  ABS("abs"),
  RELU("relu"),
  TANH("tanh"),
  SIGMOID("sigmoid"),
  SOFTPLUS("softplus"),
  /** The greatest whole number that is not greater. */
  FLOOR("floor"),
  SIN("sin"),
  COS("cos"),
  MIN("min"),
  MAX("max"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  EQUAL("=="),
  NOT_EQUAL("!="),
  AND("and"),
  OR("or"),
  NOT("not"),
  /** {@code if a then b else c}. */
  SELECT("if");

  private final String word;

  Operation(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** True if the result is a truth value. */
  public boolean isPredicate() {
    return switch (this) {
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, AND, OR, NOT -> true;
      case NEGATE,
          ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          POWER,
          EXP,
          LOG,
          SQRT,
          ABS,
          RELU,
          TANH,
          SIGMOID,
          SOFTPLUS,
          FLOOR,
          SIN,
          COS,
          MIN,
          MAX,
          SELECT ->
          false;
    };
  }
}
