package org.flowexp.statistics;

import java.util.Arrays;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/** Bridge sampling of log Z (Bennett 1976; Meng and Wong 1996). */
public final class Bridge {
  private static final int EVALUATIONS = 1_000;

  private Bridge() {}

  /**
   * The root in log Z of Σ_model σ(r − log Z + ln(N_B/N_G)) = Σ_data σ(log Z − r + ln(N_G/N_B)).
   *
   * @param model log-weights of samples of the model; rows without weight count in N_G
   * @param data log-weights of equilibrated samples of the target, all finite
   * @param independent the number of independent samples the data are worth, N_B
   */
  public static double logZ(double[] model, double[] data, double independent) {
    double[] finite = Arrays.stream(model).filter(Double::isFinite).toArray();
    if (finite.length == 0 || data.length == 0 || !(independent > 0)) {
      throw new IllegalArgumentException("a bridge needs weight on both sides");
    }
    double shift = Math.log(independent / model.length);
    double each = independent / data.length;
    UnivariateFunction excess =
        logZ ->
            Arrays.stream(finite).map(r -> sigmoid(r - logZ + shift)).sum()
                - each * Arrays.stream(data).map(r -> sigmoid(logZ - r - shift)).sum();
    double low =
        Math.min(
            Arrays.stream(finite).min().orElseThrow(), Arrays.stream(data).min().orElseThrow());
    double high =
        Math.max(
            Arrays.stream(finite).max().orElseThrow(), Arrays.stream(data).max().orElseThrow());
    double margin = Math.abs(shift) + 1;
    while (excess.value(low) < 0) {
      low -= margin;
      margin *= 2;
    }
    while (excess.value(high) > 0) {
      high += margin;
      margin *= 2;
    }
    return new BrentSolver(1e-12, 1e-12).solve(EVALUATIONS, excess, low, high);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
