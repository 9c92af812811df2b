package org.flowexp.statistics;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Where the mean of k further values of a normal sample of n will be (Hahn, J. Am. Stat. Assoc. 64,
 * 878 (1969)): mean ± t s √(1/k + 1/n), t the quantile (1 + level)/2 of Student's distribution with
 * n − 1 degrees of freedom.
 *
 * @param mean of the sample
 * @param deviation s, over n − 1
 * @param n at least 2
 */
public record PredictionInterval(double mean, double deviation, int n) {

  /**
   * Half of its width.
   *
   * @param k how many further values are averaged, at least 1
   * @param level the share of such means that it holds, above 0 and below 1
   */
  public double halfWidth(int k, double level) {
    double t = new TDistribution(n - 1.0).inverseCumulativeProbability((1 + level) / 2);
    return t * deviation * Math.sqrt(1.0 / k + 1.0 / n);
  }
}
