package org.flowexp.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.flowexp.model.LossModel;
import org.flowexp.testing.Texts;
import org.junit.jupiter.api.Test;

/**
 * The losses that minimise the variance of an estimator, against ∇ log V of PHYSICS §2, V(θ) = ∫ h
 * p_B² / p_G by the midpoint rule, with central differences in θ = (m, ln σ). The batches are so
 * large that the bias of normalising, of order 1/n, is below one standard error.
 */
final class VarianceLossesTest {
  private static final double M = 0.4;
  private static final double SIGMA = 1.25;
  private static final int BATCH = 4_096;
  private static final int BATCHES = 100;

  private static final double STEP = 1e-3;
  private static final double END = 12;
  private static final double LEFT = -0.2;
  private static final double RIGHT = 0.5;

  private static double target(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The edges of the sets are edges of cells. */
  private static double integral(DoubleUnaryOperator f) {
    double sum = 0;
    for (double x = -END + STEP / 2; x < END; x += STEP) {
      sum += f.applyAsDouble(x) * STEP;
    }
    return sum;
  }

  private static double logVariance(DoubleUnaryOperator h, double m, double logSigma) {
    double sigma = Math.exp(logSigma);
    return Math.log(
        integral(
            x -> {
              double z = (x - m) / sigma;
              double model = Math.exp(-z * z / 2) / (sigma * Math.sqrt(2 * Math.PI));
              double p = target(x);
              return h.applyAsDouble(x) * p * p / model;
            }));
  }

  private static double[] slope(DoubleUnaryOperator h) {
    double eps = 1e-4;
    double s = Math.log(SIGMA);
    return new double[] {
      (logVariance(h, M + eps, s) - logVariance(h, M - eps, s)) / (2 * eps),
      (logVariance(h, M, s + eps) - logVariance(h, M, s - eps)) / (2 * eps)
    };
  }

  private static Estimate measured(String name, String call) {
    LossModel loss = Texts.standardLoss(name, call);
    try (Gaussian gaussian = new Gaussian(loss, BATCH, M, SIGMA)) {
      return gaussian.expectation(BATCHES);
    }
  }

  /** E ŵ² = σ²(2σ² − 1)^{−½} exp(m²/(2σ² − 1)) (PHYSICS §2, facts (1)). */
  @Test
  void theQuadratureAgreesWithTheClosedFormOfOne() {
    double d = 2 * SIGMA * SIGMA - 1;
    double[] closed = {2 * M / d, 2 - 2 * SIGMA * SIGMA / d - 4 * M * M * SIGMA * SIGMA / (d * d)};
    assertArrayEquals(closed, slope(x -> 1), 1e-6);
  }

  @Test
  void theVarianceOfAnEstimatorDescendsItsLogarithm() {
    Estimate one =
        measured("estimator_variance", "estimator_variance(if left or not left then 1 else 0)");
    assertTrue(one.covers(slope(x -> 1)), one.text());
    Estimate place = measured("estimator_variance", "estimator_variance(place)");
    assertTrue(place.covers(slope(x -> x * x)), place.text());
    assertFalse(one.covers(slope(x -> x * x)), one.text());
    Estimate unsquared = measured("df_kl_x_stable", "df_kl_x_stable");
    assertFalse(unsquared.covers(slope(x -> 1)), unsquared.text());
  }

  @Test
  void theVarianceOfAMeanIsThatOfTheDeviation() {
    double p = integral(x -> x < LEFT ? target(x) : 0);
    DoubleUnaryOperator deviation = x -> Math.pow((x < LEFT ? 1 : 0) - p, 2);
    Estimate mean = measured("mean_variance", "mean_variance(if left then 1 else 0)");
    assertTrue(mean.covers(slope(deviation)), mean.text());
    Estimate sum = measured("estimator_variance", "estimator_variance(if left then 1 else 0)");
    assertTrue(sum.covers(slope(x -> x < LEFT ? 1 : 0)), sum.text());
    assertFalse(sum.covers(slope(deviation)), sum.text());
  }

  @Test
  void theVarianceOfAFreeEnergyDifferenceWeighsEachSetByItself() {
    double a = integral(x -> x < LEFT ? target(x) : 0);
    double b = integral(x -> x > RIGHT ? target(x) : 0);
    DoubleUnaryOperator own = x -> x < LEFT ? 1 / (a * a) : x > RIGHT ? 1 / (b * b) : 0;
    Estimate difference = measured("free_energy_difference", "free_energy_difference(left, right)");
    assertTrue(difference.covers(slope(own)), difference.text());
    Estimate common =
        measured("estimator_variance", "estimator_variance(if left or right then 1 else 0)");
    assertFalse(common.covers(slope(own)), common.text());
  }

  @Test
  void nothingIsLearntFromABatchInWhichASetIsEmpty() {
    for (String call :
        new String[] {
          "free_energy_difference(left, nowhere)",
          "free_energy_difference(nowhere, nowhere)",
          "estimator_variance(if nowhere then 1 else 0)"
        }) {
      LossModel loss = Texts.standardLoss(call.substring(0, call.indexOf('(')), call);
      try (Gaussian gaussian = new Gaussian(loss, 64, M, SIGMA)) {
        assertArrayEquals(new double[2], gaussian.gradient(0), 0, call);
      }
    }
  }
}
