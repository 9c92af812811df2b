package org.flowexp.units;

/** The independent dimensions, each with its word and its usual unit. */
enum BaseDimension {
  LENGTH("length", "nm"),
  TIME("time", "ps"),
  MASS("mass", "u"),
  TEMPERATURE("temperature", "K"),
  CHARGE("charge", "e"),
  ANGLE("angle", "rad"),
  STEPS("steps", "steps"),
  SAMPLES("samples", "samples"),
  ENERGY_EVALS("energy evaluations", "energy_evals");

  private final String word;
  private final String symbol;

  BaseDimension(String word, String symbol) {
    this.word = word;
    this.symbol = symbol;
  }

  String word() {
    return word;
  }

  String symbol() {
    return symbol;
  }
}
