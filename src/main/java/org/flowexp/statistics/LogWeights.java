package org.flowexp.statistics;

import java.util.Arrays;

/**
 * Sums over weights given by their logarithms r. A row with r = −∞ or NaN has the weight 0 and
 * stays in n: leaving it out would bias the estimate of Z.
 */
public final class LogWeights {
  private LogWeights() {}

  /** log Σ e^r; −∞ if no row has weight. */
  public static double logSumExp(double[] r) {
    double top = top(r);
    if (Double.isInfinite(top)) {
      return top;
    }
    return top + Math.log(Arrays.stream(r).map(v -> weight(v, top)).sum());
  }

  /** log((1/n) Σ e^r), n counting the rows without weight: the estimate of log Z. */
  public static double logMeanExp(double[] r) {
    return logSumExp(r) - Math.log(r.length);
  }

  /**
   * e^r/Σ e^r.
   *
   * @throws IllegalArgumentException if no row has weight
   */
  public static double[] softmax(double[] r) {
    double total = logSumExp(r);
    if (Double.isInfinite(total)) {
      throw new IllegalArgumentException("no finite total weight");
    }
    return Arrays.stream(r).map(v -> weight(v, total)).toArray();
  }

  /** Kish's (Σw)²/Σw², a number of samples; 0 if no row has weight. */
  public static double effectiveSampleSize(double[] r) {
    double top = top(r);
    if (top == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double sum = 0;
    double squares = 0;
    for (double v : r) {
      double w = weight(v, top);
      sum += w;
      squares += w * w;
    }
    return sum * sum / squares;
  }

  /** Kish's effective sample size over n, in [0, 1]. */
  public static double effectiveSampleFraction(double[] r) {
    return effectiveSampleSize(r) / r.length;
  }

  private static double top(double[] r) {
    return Arrays.stream(r).filter(v -> !Double.isNaN(v)).max().orElse(Double.NEGATIVE_INFINITY);
  }

  private static double weight(double r, double shift) {
    return Double.isNaN(r) ? 0 : Math.exp(r - shift);
  }
}
