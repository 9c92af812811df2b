package org.flowexp.objective;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.flowexp.testing.Texts;
import org.junit.jupiter.api.Test;

/**
 * Descent of the data-free forward KL without normalised weights, where the zero of the energy is
 * ten kT off: each weight is e¹⁰ times too large, and so is each step. Forward KL is that of
 * Gaussians, ln σ + (1 + m²)/(2σ²) − ½.
 */
final class ExplosionTest {
  private static final double START_M = 1;
  private static final double START_LOG_SIGMA = Math.log(1.2);
  private static final double RATE = 0.02;
  private static final int STEPS = 400;
  private static final int BATCH = 64;
  private static final double NEAR = 0.02;

  /**
   * One descent.
   *
   * @param steepest the largest norm of a gradient
   * @param divergence forward KL at the end, or where it stopped being a number
   */
  private record Descent(double steepest, double divergence) {}

  private static double divergence(double m, double logSigma) {
    return logSigma + (1 + m * m) / (2 * Math.exp(2 * logSigma)) - 0.5;
  }

  private static Descent descend(String call, double clip) {
    double m = START_M;
    double logSigma = START_LOG_SIGMA;
    double steepest = 0;
    String name = call.contains("(") ? call.substring(0, call.indexOf('(')) : call;
    try (Gaussian gaussian =
        new Gaussian(Texts.standardLoss(name, call), BATCH, m, Math.exp(logSigma))) {
      for (int step = 0; step < STEPS && Double.isFinite(divergence(m, logSigma)); step++) {
        double[] gradient = gaussian.gradient(step);
        double norm = Math.hypot(gradient[0], gradient[1]);
        steepest = Math.max(steepest, norm);
        double rate = RATE * Math.min(1, clip / norm);
        m -= rate * gradient[0];
        logSigma -= rate * gradient[1];
        gaussian.move(m, Math.exp(logSigma));
      }
    }
    return new Descent(steepest, divergence(m, logSigma));
  }

  private static boolean holds(Descent descent) {
    return descent.divergence() < NEAR;
  }

  @Test
  void weightsOfAWrongScaleExplode() {
    Descent off = descend("df_kl_x_unnormalised(gauss.log_z - 10)", Double.POSITIVE_INFINITY);
    assertTrue(off.steepest() > 1e3, off::toString);
    assertFalse(off.divergence() < 100 * divergence(START_M, START_LOG_SIGMA), off::toString);
  }

  @Test
  void theRightLogZNormalisedWeightsOrAClippedGradientHold() {
    Descent right = descend("df_kl_x_unnormalised(gauss.log_z)", Double.POSITIVE_INFINITY);
    Descent normalised = descend("df_kl_x", Double.POSITIVE_INFINITY);
    Descent stable = descend("df_kl_x_stable", Double.POSITIVE_INFINITY);
    Descent clipped = descend("df_kl_x_unnormalised(gauss.log_z - 10)", 1);
    assertTrue(holds(right), right::toString);
    assertTrue(holds(normalised), normalised::toString);
    assertTrue(holds(stable), stable::toString);
    assertTrue(holds(clipped), clipped::toString);
    assertTrue(normalised.steepest() < 10, normalised::toString);
    assertTrue(stable.divergence() < normalised.divergence(), stable + " " + normalised);
  }
}
