package org.flowexp.statistics;

import java.util.Arrays;

/** Mean, spread and middle of a sample. */
public final class Moments {
  private Moments() {}

  /** The arithmetic mean; NaN of nothing. */
  public static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The unbiased variance, over n − 1; NaN below two values. */
  public static double variance(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return values.length < 2 ? Double.NaN : squares / (values.length - 1);
  }

  /** The square root of {@link #variance}. */
  public static double standardDeviation(double[] values) {
    return Math.sqrt(variance(values));
  }

  /** The middle value, or the mean of the two; NaN of nothing. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
