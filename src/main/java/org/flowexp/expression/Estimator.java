package org.flowexp.expression;

/**
 * An estimate from all samples at once, by the formulas of PHYSICS §2 and §6; for metrics alone.
 */
public enum Estimator {
  /** k̂ of the largest weights; of log-weights. NaN if there are too few. */
  PARETO_K("pareto_k"),
  /** F_B − F_A in kT; of log-weights and the indicators of two sets. NaN if a set has no weight. */
  FREE_ENERGY_DIFFERENCE("free_energy_difference"),
  /** Its standard error by the delta method, √(1/ESS_A + 1/ESS_B). */
  FREE_ENERGY_ERROR("free_energy_error"),
  /** log Z by a bridge; of log-weights of the flow's samples and of data. */
  BRIDGED_LOG_Z("bridged_log_z"),
  /** mean min(r − log Z, clip) over data; of the same and of the clip. */
  BRIDGED_FORWARD_KL("forward_kl");

  private final String word;

  Estimator(String word) {
    this.word = word;
  }

  /** As the language writes it. */
  public String word() {
    return word;
  }
}
