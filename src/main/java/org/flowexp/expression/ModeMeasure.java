package org.flowexp.expression;

/** What is asked of the modes that samples fall into. */
public enum ModeMeasure {
  /** ½ Σ |share of the samples − weight| over all modes. */
  TOTAL_VARIATION("total_variation"),
  /**
   * Σ w ln(w / share) over all modes: KL(weights‖samples); the share of a mode without a sample
   * counts as that of half a sample.
   */
  MODE_KL("mode_kl"),
  /** The weight of the modes without a sample. */
  MISSED_MASS("missed_mass"),
  /** How many modes of more than some weight have a sample. */
  MODES_FOUND("modes_found");

  private final String word;

  ModeMeasure(String word) {
    this.word = word;
  }

  /** As the language writes it. */
  public String word() {
    return word;
  }
}
