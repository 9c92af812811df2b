package org.flowexp.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Terms;
import org.flowexp.model.LossModel;
import org.flowexp.model.Source;
import org.flowexp.testing.DoubleWell;
import org.flowexp.testing.Texts;
import org.junit.jupiter.api.Test;

/**
 * The data-free forward KL on Gaussians: what the paper says of its bias, of its noise, and of the
 * form that looks like it (PHYSICS §2, table and facts (2) and (4)).
 */
final class ForwardDivergenceTest {
  private static final double LOG_Z = 0.5 * Math.log(2 * Math.PI);
  private static final double STEP = 1e-3;
  private static final double END = 12;

  private static Estimate expectation(LossModel loss, int n, int batches, double m, double sigma) {
    try (Gaussian gaussian = new Gaussian(loss, n, m, sigma)) {
      return gaussian.expectation(batches);
    }
  }

  private static LossModel standard(String name) {
    return Texts.standardLoss(name, name);
  }

  /** ∇KL(p_B‖p_G) = (m/σ², 1 − (1 + m²)/σ²). */
  private static double[] forward(double m, double sigma) {
    double square = sigma * sigma;
    return new double[] {m / square, 1 - (1 + m * m) / square};
  }

  private static double integral(DoubleUnaryOperator f) {
    double sum = 0;
    for (double x = -END + STEP / 2; x < END; x += STEP) {
      sum += f.applyAsDouble(x) * STEP;
    }
    return sum;
  }

  /** E_pG[ŵ² (s − E_pB s)] by the midpoint rule. */
  private static double[] biasTimesN(double m, double sigma) {
    double[] mean = forward(m, sigma);
    DoubleUnaryOperator weight =
        x -> {
          double target = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
          double z = (x - m) / sigma;
          return target * target * sigma * Math.sqrt(2 * Math.PI) * Math.exp(z * z / 2);
        };
    double square = sigma * sigma;
    return new double[] {
      integral(x -> weight.applyAsDouble(x) * ((x - m) / square + mean[0])),
      integral(x -> weight.applyAsDouble(x) * ((x - m) * (x - m) / square - 1 + mean[1]))
    };
  }

  @Test
  void normalisingTheWeightsBiasesByOneOverN() {
    double m = 1;
    double sigma = 1.4;
    int n = 32;
    double[] forward = forward(m, sigma);
    double[] bias = biasTimesN(m, sigma);
    for (String name : new String[] {"df_kl_x", "df_kl_x_stable"}) {
      Estimate estimate = expectation(standard(name), n, 8_000, m, sigma);
      assertTrue(
          estimate.covers(forward[0] + bias[0] / n, forward[1] + bias[1] / n), estimate.text());
      assertFalse(estimate.covers(forward), estimate.text());
    }
  }

  /** At fixed x, with σ = 1, mean(ŵ log ŵ) has the gradient 2m + m³/2 in m, not m. */
  @Test
  void theGradientOfTheEstimatorIsNotAnEstimatorOfTheGradient() {
    double m = 0.6;
    Formula ratio = Terms.subtract(Terms.batch("log_w"), Terms.number(LOG_Z));
    LossModel naive =
        DoubleWell.loss(
            "naive",
            Source.MODEL,
            Terms.mean(Terms.times(Terms.apply(Operation.EXP, ratio), ratio)));
    Estimate estimate = expectation(naive, 64, 4_000, m, 1);
    assertTrue(estimate.covers(2 * m + m * m * m / 2), estimate.text());
    assertFalse(estimate.covers(m), estimate.text());
  }

  private static double noise(String name, double m, double sigma) {
    return expectation(standard(name), 64, 2_000, m, sigma).error()[0];
  }

  @Test
  void theBaselineQuietensANearlyExactFlowAndDisturbsOneThatIsTooWide() {
    assertTrue(noise("df_kl_x_stable", 0.05, 1.02) < 0.2 * noise("df_kl_x", 0.05, 1.02));
    assertTrue(noise("df_kl_x_stable", 0, 2) > 1.3 * noise("df_kl_x", 0, 2));
  }

  @Test
  void onAnExactFlowTheCoefficientsVanishInEveryBatch() {
    for (String name : new String[] {"df_kl_x_stable", "l2", "l2_masked", "df_kl_z"}) {
      try (Gaussian gaussian = new Gaussian(standard(name), 16, 0, 1)) {
        assertArrayEquals(new double[2], gaussian.gradient(3), 1e-12, name);
      }
    }
    try (Gaussian gaussian = new Gaussian(standard("df_kl_x"), 16, 0, 1)) {
      assertTrue(Math.abs(gaussian.gradient(3)[0]) > 1e-3);
    }
  }
}
