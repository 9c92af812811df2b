package org.flowexp.statistics;

/** How much a Markov chain's order costs. */
public final class Autocorrelation {
  private static final double WINDOW = 5;

  private Autocorrelation() {}

  /**
   * The integrated autocorrelation time 1 + 2Σρ_t in steps, summed up to the first lag ≥ 5 times
   * the sum so far (Sokal 1997, "Monte Carlo methods in statistical mechanics", §3). n over it is
   * the effective number of samples. At least 1 for a constant series.
   */
  public static double time(double[] series) {
    double mean = Moments.mean(series);
    double zero = covariance(series, mean, 0);
    if (zero == 0) {
      return 1;
    }
    double time = 1;
    for (int lag = 1; lag < series.length && lag < WINDOW * time; lag++) {
      time += 2 * covariance(series, mean, lag) / zero;
    }
    return time;
  }

  /** The standard error of the mean from the means of this many consecutive equal blocks. */
  public static double blockError(double[] series, int blocks) {
    int length = series.length / blocks;
    if (blocks < 2 || length < 1) {
      throw new IllegalArgumentException(blocks + " blocks of " + series.length + " values");
    }
    double[] means = new double[blocks];
    for (int i = 0; i < blocks * length; i++) {
      means[i / length] += series[i] / length;
    }
    return Moments.standardDeviation(means) / Math.sqrt(blocks);
  }

  private static double covariance(double[] series, double mean, int lag) {
    double sum = 0;
    for (int i = lag; i < series.length; i++) {
      sum += (series[i] - mean) * (series[i - lag] - mean);
    }
    return sum / series.length;
  }
}
