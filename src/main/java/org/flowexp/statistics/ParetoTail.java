package org.flowexp.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The shape k̂ of a generalised Pareto distribution fitted to the largest weights (Zhang and
 * Stephens, Technometrics 51, 316 (2009), without a prior on k; tail length and threshold after
 * Vehtari et al., JMLR 25, 72 (2024)).
 */
public final class ParetoTail {
  private static final int SHORTEST_TAIL = 5;

  private ParetoTail() {}

  /**
   * k̂ of the ⌈min(n/5, 3√n)⌉ largest e^r, n counting rows without weight; empty if fewer than five
   * of them exceed the next.
   */
  public static OptionalDouble shape(double[] r) {
    int n = r.length;
    int length = (int) Math.ceil(Math.min(n / 5.0, 3 * Math.sqrt(n)));
    double[] sorted =
        Arrays.stream(r)
            .map(v -> Double.isNaN(v) ? Double.NEGATIVE_INFINITY : v)
            .sorted()
            .toArray();
    if (length >= n) {
      return OptionalDouble.empty();
    }
    double top = sorted[n - 1];
    double cutoff = Math.exp(sorted[n - length - 1] - top);
    double[] excess =
        Arrays.stream(sorted, n - length, n)
            .map(v -> Math.exp(v - top) - cutoff)
            .filter(v -> v > 0)
            .toArray();
    return excess.length < SHORTEST_TAIL ? OptionalDouble.empty() : OptionalDouble.of(fit(excess));
  }

  /** Above this k̂, ESS and error bars are not to be trusted: min(0.7, 1 − 1/log₁₀ n). */
  public static double threshold(int n) {
    return Math.min(0.7, 1 - 1 / Math.log10(n));
  }

  private static double fit(double[] ascending) {
    int n = ascending.length;
    int grid = 30 + (int) Math.sqrt(n);
    double quartile = ascending[(int) Math.floor(n / 4.0 + 0.5) - 1];
    double[] theta = new double[grid];
    double[] logLikelihood = new double[grid];
    for (int j = 0; j < grid; j++) {
      theta[j] = 1 / ascending[n - 1] + (1 - Math.sqrt(grid / (j + 0.5))) / (3 * quartile);
      double k = shape(theta[j], ascending);
      logLikelihood[j] = n * (Math.log(-theta[j] / k) - k - 1);
    }
    double[] weight = LogWeights.softmax(logLikelihood);
    double mean = 0;
    for (int j = 0; j < grid; j++) {
      mean += weight[j] * theta[j];
    }
    return shape(mean, ascending);
  }

  private static double shape(double theta, double[] excess) {
    return Arrays.stream(excess).map(v -> Math.log1p(-theta * v)).average().orElseThrow();
  }
}
