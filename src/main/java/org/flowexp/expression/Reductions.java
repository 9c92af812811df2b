package org.flowexp.expression;

import java.util.Arrays;

/**
 * Reductions of the rows that count. Of no rows: a sum is 0, a log-sum −∞, a Kish fraction 0, and
 * anything else NaN.
 */
final class Reductions {
  private Reductions() {}

  /**
   * @param rows the rows kept
   * @param n how many rows a mean weight and a Kish fraction are over, the invalid ones included
   */
  static double reduce(Reduction reduction, double[] rows, int n) {
    return switch (reduction) {
      case SUM -> Arrays.stream(rows).sum();
      case MEAN -> mean(rows);
      case VARIANCE -> variance(rows);
      case MEDIAN -> median(rows);
      case LEAST -> Arrays.stream(rows).min().orElse(Double.NaN);
      case MOST -> Arrays.stream(rows).max().orElse(Double.NaN);
      case LOG_SUM_EXP -> logSumExp(rows);
      case LOG_MEAN_EXP -> rows.length == 0 ? logSumExp(rows) : logSumExp(rows) - Math.log(n);
      case EFFECTIVE_SAMPLE_SIZE -> kishFraction(rows, n);
    };
  }

  /** e^b/Σ e^b over the rows kept and 0 elsewhere; 0 everywhere if there is no weight. */
  static double[] softmax(double[] body, boolean[] keep) {
    double[] values = new double[body.length];
    double shift = shift(kept(body, keep));
    double total = 0;
    for (int i = 0; i < body.length; i++) {
      values[i] = keep[i] ? Math.exp(body[i] - shift) : 0;
      total += values[i];
    }
    double divisor = total == 0 ? 1 : total;
    return Arrays.stream(values).map(v -> v / divisor).toArray();
  }

  static double[] kept(double[] body, boolean[] keep) {
    double[] rows = new double[body.length];
    int count = 0;
    for (int i = 0; i < body.length; i++) {
      if (keep[i]) {
        rows[count++] = body[i];
      }
    }
    return Arrays.copyOf(rows, count);
  }

  private static double mean(double[] rows) {
    return Arrays.stream(rows).sum() / rows.length;
  }

  private static double variance(double[] rows) {
    double mean = mean(rows);
    return mean(Arrays.stream(rows).map(v -> (v - mean) * (v - mean)).toArray());
  }

  private static double median(double[] rows) {
    double[] sorted = rows.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    // Java sorts NaN behind +∞, where it would not show.
    if (n == 0 || Double.isNaN(sorted[n - 1])) {
      return Double.NaN;
    }
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  private static double logSumExp(double[] rows) {
    double shift = shift(rows);
    return Math.log(Arrays.stream(rows).map(v -> Math.exp(v - shift)).sum()) + shift;
  }

  private static double kishFraction(double[] rows, int n) {
    double shift = shift(rows);
    double sum = 0;
    double squares = 0;
    for (double v : rows) {
      double w = Math.exp(v - shift);
      sum += w;
      squares += w * w;
    }
    return squares == 0 ? 0 : sum * sum / (squares * n);
  }

  private static double shift(double[] rows) {
    double top = Arrays.stream(rows).max().orElse(0);
    return Double.isFinite(top) ? top : 0;
  }
}
