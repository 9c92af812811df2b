package org.flowexp.expression;

/** From one value per sample to one value (PHYSICS: {@code variance} divides by n). */
public enum Reduction {
  SUM("sum"),
  MEAN("mean"),
  VARIANCE("variance"),
  MEDIAN("median"),
  LEAST("min"),
  MOST("max"),
  LOG_SUM_EXP("log_sum_exp"),
  LOG_MEAN_EXP("log_mean_exp"),
  /** Kish, as a fraction of n: (Σw)² / (n Σw²) of log-weights. */
  EFFECTIVE_SAMPLE_SIZE("effective_sample_size");

  private final String word;

  Reduction(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
