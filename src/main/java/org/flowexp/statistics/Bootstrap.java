package org.flowexp.statistics;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Errors from resampling with replacement (Efron 1979). */
public final class Bootstrap {
  private Bootstrap() {}

  /** The standard deviation of the statistic over this many resampled copies of the values. */
  public static double error(
      double[] values, ToDoubleFunction<double[]> statistic, int copies, SplittableRandom random) {
    double[] estimates = new double[copies];
    double[] copy = new double[values.length];
    for (int c = 0; c < copies; c++) {
      for (int i = 0; i < copy.length; i++) {
        copy[i] = values[random.nextInt(values.length)];
      }
      estimates[c] = statistic.applyAsDouble(copy);
    }
    return Moments.standardDeviation(estimates);
  }
}
