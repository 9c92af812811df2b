package org.flowexp.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Terms;
import org.flowexp.model.LossModel;
import org.flowexp.model.Source;
import org.flowexp.testing.DoubleWell;
import org.flowexp.testing.Texts;
import org.junit.jupiter.api.Test;

/**
 * The losses as {@code std/losses} ships them: identities of PHYSICS §2's table in every batch, and
 * expectations on Gaussians within five standard errors.
 */
final class LibraryLossesTest {
  private static final double M = 0.6;
  private static final double SIGMA = 0.9;

  private static LossModel loss(String name) {
    return Texts.standardLoss(name, name);
  }

  private static LossModel own(Formula formula) {
    return DoubleWell.loss("own", Source.MODEL, formula);
  }

  private static double[] gradient(LossModel loss, long batch) {
    try (Gaussian gaussian = new Gaussian(loss, 16, M, SIGMA)) {
      return gaussian.gradient(batch);
    }
  }

  private static boolean same(double factor, LossModel one, LossModel other) {
    boolean same = true;
    for (long batch = 0; batch < 3; batch++) {
      double[] a = gradient(one, batch);
      double[] b = gradient(other, batch);
      for (int i = 0; i < a.length; i++) {
        same &= Math.abs(factor * a[i] - b[i]) <= 1e-12 * (1 + Math.abs(b[i]));
      }
    }
    return same;
  }

  @Test
  void allPairsAreTwiceL2AndTheScoreFormIsHalfOfIt() {
    assertTrue(same(2, loss("l2"), loss("l2_pairwise")));
    assertTrue(same(0.5, loss("l2"), loss("df_kl_z")));
    assertFalse(same(1, loss("l2"), loss("l2_pairwise")));
    assertFalse(same(1, loss("l2"), loss("df_kl_z")));
  }

  /** df_kl_x_stable − df_kl_x = (1/n) Σ log q. */
  @Test
  void theStableFormDiffersByTheMeanScore() {
    LossModel score = own(Terms.mean(Terms.batch("log_q")));
    for (long batch = 0; batch < 3; batch++) {
      double[] plain = gradient(loss("df_kl_x"), batch);
      double[] stable = gradient(loss("df_kl_x_stable"), batch);
      double[] mean = gradient(score, batch);
      double[] sum = new double[plain.length];
      Arrays.setAll(sum, i -> plain[i] + mean[i]);
      assertArrayEquals(sum, stable, 1e-13);
      assertTrue(Math.abs(mean[0]) > 1e-3, "a difference of nothing");
    }
  }

  /** −Σ stop(c_i − mean c) log q, c_i = 2 relu(r_i − mean r)/n. */
  @Test
  void theBaselineOfMaskedL2IsTheMeanCoefficient() {
    Formula r = Terms.batch("log_w");
    Formula c =
        Terms.apply(org.flowexp.expression.Operation.RELU, Terms.subtract(r, Terms.mean(r)));
    Formula centred = new Formula.Stop(Terms.subtract(c, Terms.mean(c)));
    Formula whole = Terms.mean(Terms.times(centred, Terms.batch("log_q")));
    Formula bare = Terms.mean(Terms.times(new Formula.Stop(c), Terms.batch("log_q")));
    assertTrue(same(-2, own(whole), loss("l2_masked_baseline")));
    assertTrue(same(-2, own(bare), loss("l2_masked")));
    assertFalse(same(-2, own(bare), loss("l2_masked_baseline")));
  }

  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Estimate(double[] mean, double[] error) {
    boolean covers(double... expected) {
      boolean covers = true;
      for (int i = 0; i < expected.length; i++) {
        covers &= Math.abs(mean[i] - expected[i]) <= 5 * error[i];
      }
      return covers;
    }
  }

  private static Estimate expectation(LossModel loss, int batch, int batches) {
    try (Gaussian gaussian = new Gaussian(loss, batch, M, SIGMA)) {
      double[] sum = new double[2];
      double[] squares = new double[2];
      for (long b = 0; b < batches; b++) {
        double[] gradient = gaussian.gradient(b);
        for (int i = 0; i < 2; i++) {
          sum[i] += gradient[i];
          squares[i] += gradient[i] * gradient[i];
        }
      }
      double[] mean = Arrays.stream(sum).map(s -> s / batches).toArray();
      double[] error = new double[2];
      Arrays.setAll(
          error, i -> Math.sqrt((squares[i] / batches - mean[i] * mean[i]) / (batches - 1)));
      return new Estimate(mean, error);
    }
  }

  /** ∇KL(p_G‖p_B) = (m, σ² − 1). */
  @Test
  void l2DescendsReverseKlLessOneOverN() {
    double[] reverse = {M, SIGMA * SIGMA - 1};
    Estimate four = expectation(loss("l2"), 4, 8_000);
    assertTrue(four.covers(2 * 0.75 * reverse[0], 2 * 0.75 * reverse[1]), text(four));
    assertFalse(four.covers(2 * reverse[0], 2 * reverse[1]), text(four));
    Estimate score = expectation(loss("df_kl_z"), 4, 8_000);
    assertTrue(score.covers(0.75 * reverse[0], 0.75 * reverse[1]), text(score));
    Estimate latent = expectation(loss("kl_z"), 4, 8_000);
    assertTrue(latent.covers(reverse), text(latent));
  }

  /** ∇KL(p_B‖p_G) = (m/σ², 1 − (1 + m²)/σ²), without bias, unlike the normalised form at n = 4. */
  @Test
  void withoutNormalisingTheWeightsForwardKlHasNoBias() {
    double square = SIGMA * SIGMA;
    double[] forward = {M / square, 1 - (1 + M * M) / square};
    double logZ = 0.5 * Math.log(2 * Math.PI);
    LossModel exact =
        Texts.standardLoss("df_kl_x_unnormalised", "df_kl_x_unnormalised(gauss.log_z)");
    Estimate estimate = expectation(exact, 4, 8_000);
    assertTrue(estimate.covers(forward), text(estimate));
    assertFalse(expectation(loss("df_kl_x"), 4, 8_000).covers(forward));
    LossModel shifted =
        Texts.standardLoss("df_kl_x_unnormalised", "df_kl_x_unnormalised(" + (logZ + 1) + ")");
    assertTrue(same(Math.exp(-1), exact, shifted));
  }

  private static String text(Estimate estimate) {
    return List.of(Arrays.toString(estimate.mean), Arrays.toString(estimate.error)).toString();
  }
}
