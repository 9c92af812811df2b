package org.flowexp.expression;

import java.util.Arrays;
import org.flowexp.statistics.Bridge;
import org.flowexp.statistics.FreeEnergyDifference;
import org.flowexp.statistics.ParetoTail;

/** The estimators on arrays. A row whose log-weight is not finite has no weight. */
final class Estimates {
  private Estimates() {}

  /**
   * The estimate.
   *
   * @param operands as {@link Estimator} lists them, one value per sample each
   */
  static double of(Estimator estimator, double[][] operands) {
    double[] r = weighted(operands[0]);
    return switch (estimator) {
      case PARETO_K -> ParetoTail.shape(r).orElse(Double.NaN);
      case FREE_ENERGY_DIFFERENCE -> difference(r, operands).value();
      case FREE_ENERGY_ERROR -> difference(r, operands).standardError();
      case BRIDGED_LOG_Z -> logZ(r, finite(operands[1]));
      case BRIDGED_FORWARD_KL -> {
        double[] data = finite(operands[1]);
        double logZ = logZ(r, data);
        double clip = operands[2][0];
        yield Arrays.stream(data).map(v -> Math.min(v - logZ, clip)).average().orElse(Double.NaN);
      }
    };
  }

  private static FreeEnergyDifference difference(double[] r, double[][] operands) {
    return FreeEnergyDifference.of(r, truths(operands[1]), truths(operands[2]));
  }

  private static boolean[] truths(double[] values) {
    boolean[] truths = new boolean[values.length];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = values[i] != 0;
    }
    return truths;
  }

  /** Any number of independent data gives a consistent estimate; their count is the simplest. */
  private static double logZ(double[] model, double[] data) {
    return data.length == 0 || finite(model).length == 0
        ? Double.NaN
        : Bridge.logZ(model, data, data.length);
  }

  private static double[] weighted(double[] r) {
    return Arrays.stream(r).map(v -> Double.isFinite(v) ? v : Double.NEGATIVE_INFINITY).toArray();
  }

  private static double[] finite(double[] r) {
    return Arrays.stream(r).filter(Double::isFinite).toArray();
  }
}
