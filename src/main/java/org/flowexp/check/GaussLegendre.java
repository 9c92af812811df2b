package org.flowexp.check;

import org.apache.commons.math3.analysis.integration.BaseAbstractUnivariateIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.util.FastMath;

/**
 * Gauss–Legendre quadrature on more and more equal parts until two results agree: the method of
 * Apache Commons Math's {@code IterativeLegendreGaussIntegrator}, bit for bit, without its second
 * of computing the rule in forty digits, which most of a {@code check} would be.
 */
final class GaussLegendre extends BaseAbstractUnivariateIntegrator {
  /** Points of the rule. */
  static final int POINTS = 24;

  /** The positive half of the points, and their weights. */
  private static final double[] HALF = {
    0.06405689286260563,
    0.1911188674736163,
    0.3150426796961634,
    0.4337935076260451,
    0.5454214713888396,
    0.6480936519369755,
    0.7401241915785544,
    0.820001985973903,
    0.8864155270044011,
    0.9382745520027328,
    0.9747285559713095,
    0.9951872199970213
  };

  private static final double[] HALF_WEIGHTS = {
    0.12793819534675216,
    0.1258374563468283,
    0.12167047292780339,
    0.1155056680537256,
    0.10744427011596563,
    0.09761865210411388,
    0.08619016153195327,
    0.0733464814110803,
    0.05929858491543678,
    0.04427743881741981,
    0.028531388628933663,
    0.0123412297999872
  };

  /**
   * With these accuracies.
   *
   * @param relative to the mean of two successive results
   * @param absolute whichever allows more
   */
  GaussLegendre(double relative, double absolute) {
    super(relative, absolute, DEFAULT_MIN_ITERATIONS_COUNT, DEFAULT_MAX_ITERATIONS_COUNT);
  }

  @Override
  protected double doIntegrate() {
    double before = stage(1);
    int parts = 2;
    while (true) {
      double now = stage(parts);
      double change = Math.abs(now - before);
      double limit =
          Math.max(
              getAbsoluteAccuracy(),
              getRelativeAccuracy() * (Math.abs(before) + Math.abs(now)) * 0.5);
      if (getIterations() + 1 >= getMinimalIterationCount() && change <= limit) {
        return now;
      }
      double ratio = Math.min(4, FastMath.pow(change / limit, 0.5 / POINTS));
      parts = Math.max((int) (ratio * parts), parts + 1);
      before = now;
      incrementCount();
    }
  }

  private double stage(int parts) {
    double step = (getMax() - getMin()) / parts;
    double sum = 0;
    for (int i = 0; i < parts; i++) {
      double low = getMin() + i * step;
      sum += rule(low, low + step).integrate(this::computeObjectiveValue);
    }
    return sum;
  }

  /** The rule on an interval. */
  static GaussIntegrator rule(double low, double high) {
    double scale = (high - low) / 2;
    double shift = low + scale;
    double[] points = new double[POINTS];
    double[] weights = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      int fromMiddle = i < POINTS / 2 ? POINTS / 2 - 1 - i : i - POINTS / 2;
      double point = i < POINTS / 2 ? -HALF[fromMiddle] : HALF[fromMiddle];
      points[i] = point * scale + shift;
      weights[i] = HALF_WEIGHTS[fromMiddle] * scale;
    }
    return new GaussIntegrator(points, weights);
  }
}
