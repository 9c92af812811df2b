package org.flowexp.objective;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.flowexp.expression.Formula;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Reduction;
import org.flowexp.expression.Terms;
import org.flowexp.model.LossModel;
import org.flowexp.model.Source;
import org.flowexp.testing.DoubleWell;
import org.flowexp.testing.Texts;
import org.junit.jupiter.api.Test;

/**
 * Masked L2 with x detached or not, and K the mean, the median, log Z or a number, in batches that
 * stay the same.
 */
final class MaskedLossesTest {
  private static final int BATCH = 16;
  private static final double M = 0.6;
  private static final double SIGMA = 0.9;
  private static final Formula R = Terms.batch("log_w");

  private static LossModel own(Source source, Formula formula) {
    return DoubleWell.loss("own", source, formula);
  }

  private static LossModel library(String name) {
    return Texts.standardLoss(name, name);
  }

  private static Formula masked(Formula level) {
    return Terms.mean(Terms.power(Terms.apply(Operation.RELU, Terms.subtract(R, level)), 2));
  }

  /** The level of one batch, as a number. */
  private static Formula frozen(Reduction reduction, long batch) {
    LossModel level = own(Source.MODEL, Terms.reduce(reduction, R));
    try (Gaussian gaussian = new Gaussian(level, BATCH, M, SIGMA)) {
      return Terms.number(gaussian.value(batch));
    }
  }

  private static double[] gradient(LossModel loss, long batch) {
    try (Gaussian gaussian = new Gaussian(loss, BATCH, M, SIGMA)) {
      return gaussian.gradient(batch);
    }
  }

  /** Central differences in (m, ln σ) with the latents of the batch kept. */
  private static double[] slope(LossModel loss, long batch) {
    double eps = 1e-6;
    try (Gaussian gaussian = new Gaussian(loss, BATCH, M, SIGMA)) {
      double[] ends = new double[4];
      for (int i = 0; i < 4; i++) {
        double d = i % 2 == 0 ? eps : -eps;
        gaussian.move(M + (i < 2 ? d : 0), SIGMA * Math.exp(i < 2 ? 0 : d));
        ends[i] = gaussian.value(batch);
      }
      return new double[] {(ends[0] - ends[1]) / (2 * eps), (ends[2] - ends[3]) / (2 * eps)};
    }
  }

  private static boolean near(double[] a, double[] b, double tolerance) {
    boolean near = true;
    for (int i = 0; i < a.length; i++) {
      near &= Math.abs(a[i] - b[i]) <= tolerance * (1 + Math.abs(b[i]));
    }
    return near;
  }

  @Test
  void theLevelIsDetached() {
    for (long batch = 0; batch < 3; batch++) {
      Formula median = frozen(Reduction.MEDIAN, batch);
      Formula logZ = frozen(Reduction.LOG_MEAN_EXP, batch);
      double[] atMedian = gradient(own(Source.MODEL, masked(median)), batch);
      double[] atLogZ = gradient(own(Source.MODEL, masked(logZ)), batch);
      assertTrue(near(gradient(library("l2_masked_median"), batch), atMedian, 1e-12));
      assertTrue(near(gradient(library("l2_masked_log_z"), batch), atLogZ, 1e-12));
      assertFalse(near(gradient(library("l2_masked"), batch), atMedian, 1e-3));
      assertFalse(near(gradient(library("l2_masked"), batch), atLogZ, 1e-3));
    }
  }

  @Test
  void aLevelOfOnesOwnIsThatNumber() {
    double logZ = 0.5 * Math.log(2 * Math.PI);
    LossModel at = Texts.standardLoss("l2_masked_at", "l2_masked_at(gauss.log_z)");
    LossModel shifted = Texts.standardLoss("l2_masked_at", "l2_masked_at(gauss.log_z - 0.5)");
    double[] expected = gradient(own(Source.MODEL, masked(Terms.number(logZ))), 0);
    assertTrue(near(gradient(at, 0), expected, 1e-12));
    assertFalse(near(gradient(shifted, 0), expected, 1e-3));
  }

  @Test
  void throughXTheGradientIsThatOfTheBatch() {
    for (long batch = 0; batch < 3; batch++) {
      double[] attached = slope(own(Source.LATENT, masked(Terms.mean(R))), batch);
      double[] detached = slope(own(Source.LATENT, masked(frozen(Reduction.MEAN, batch))), batch);
      assertTrue(near(gradient(library("l2_masked_through_baseline"), batch), attached, 1e-6));
      assertTrue(near(gradient(library("l2_masked_through"), batch), detached, 1e-6));
      assertFalse(near(gradient(library("l2_masked_through"), batch), attached, 1e-3));
      assertFalse(near(gradient(library("l2_masked"), batch), detached, 1e-3));
    }
  }

  @Test
  void theRunningLogZIsThatOfTheBatchInTheFirstStepAndThenWhatIsRemembered() {
    LossModel running = library("l2_masked_running_log_z");
    assertTrue(near(gradient(library("l2_masked_log_z"), 0), gradient(running, 0), 1e-12));
    Formula level = Terms.number(0.7);
    try (Gaussian gaussian = new Gaussian(running, BATCH, M, SIGMA)) {
      gaussian.remember(0.7);
      double[] remembered = gaussian.gradient(0);
      assertTrue(near(gradient(own(Source.MODEL, masked(level)), 0), remembered, 1e-12));
      assertFalse(near(gradient(running, 0), remembered, 1e-3));
    }
  }
}
