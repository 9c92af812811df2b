package org.flowexp.expression;

import static org.flowexp.expression.Terms.batch;
import static org.flowexp.expression.Terms.mean;
import static org.flowexp.expression.Terms.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Estimators of metrics on Gaussians, whose values are known. */
final class EstimatesTest {
  private static final Formula LOG_W = batch("log_w");
  private static final Formula THERE = new Formula.On("data", LOG_W);
  private static final double LOG_Z = 1.7;

  private static double[] draw(int count, IntToDoubleFunction of) {
    double[] values = new double[count];
    Arrays.setAll(values, of);
    return values;
  }

  private static double[] normal(int count, double m, double sigma, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    java.util.Random source = new java.util.Random(random.nextLong());
    return draw(count, i -> m + sigma * source.nextGaussian());
  }

  /** r of p̃ = Z N(0, 1) from p_G = N(m, σ²). */
  private static double[] logWeights(double[] x, double m, double sigma) {
    return draw(
        x.length,
        i -> {
          double z = (x[i] - m) / sigma;
          return LOG_Z - x[i] * x[i] / 2 + z * z / 2 + Math.log(sigma);
        });
  }

  private static Columns samples(int model, int data, double m, double sigma, long seed) {
    double[] x = normal(model, m, sigma, seed);
    double[] y = normal(data, 0, 1, seed + 1_000);
    Columns there = Columns.of(data, Map.of("place", y, "log_w", logWeights(y, m, sigma)));
    return new Columns(
        model,
        Map.of("place", x, "log_w", logWeights(x, m, sigma)),
        Map.of(),
        Map.of("n", (double) model),
        Map.of("data", there));
  }

  private static double value(SampleSet samples, Formula formula) {
    return new Interpreter(samples).value(formula);
  }

  private static Formula estimate(Estimator estimator, Formula... operands) {
    return new Formula.Estimate(estimator, List.of(operands));
  }

  private static Formula error(Formula body) {
    return new Formula.StandardError(body);
  }

  private static Formula set(double from, double to) {
    Formula inside =
        Terms.apply(
            Operation.AND,
            Terms.greater(batch("place"), number(from)),
            Terms.greater(number(to), batch("place")));
    return Terms.apply(Operation.SELECT, inside, number(1), number(0));
  }

  /** σ/√n, within 5 of the jackknife's own relative errors 1/√(2 · 31). */
  @Test
  void theErrorOfAMeanIsSigmaOverRootN() {
    Columns samples = samples(10_000, 100, 0, 2, 1);
    double expected = 2 / Math.sqrt(10_000);
    double found = value(samples, error(mean(batch("place"))));
    assertEquals(expected, found, 5 * expected / Math.sqrt(62));
    double ofHalf = value(samples(5_000, 100, 0, 2, 1), error(mean(batch("place"))));
    assertFalse(Math.abs(ofHalf - expected / 2) < 5 * expected / 2 / Math.sqrt(62));
  }

  /** x_{t+1} = ρ x_t + noise: the error is √((1 + ρ)/(1 − ρ)) times that of independent data. */
  @Test
  void neighboursThatAreAlikeCountAsFewer() {
    double rho = 0.9;
    double[] noise = normal(100_000, 0, Math.sqrt(1 - rho * rho), 4);
    double[] chain = new double[noise.length];
    for (int t = 1; t < chain.length; t++) {
      chain[t] = rho * chain[t - 1] + noise[t];
    }
    Columns data = Columns.of(chain.length, Map.of("place", chain));
    Columns samples = new Columns(0, Map.of(), Map.of(), Map.of(), Map.of("data", data));
    double found = value(samples, error(new Formula.On("data", mean(batch("place")))));
    double expected = Math.sqrt((1 + rho) / (1 - rho) / chain.length);
    assertEquals(expected, found, 5 * expected / Math.sqrt(62));
    assertTrue(found > 2 / Math.sqrt(chain.length), "taken for independent");
  }

  @Test
  void errorsOfTwoSampleSetsAddInSquares() {
    Columns samples = samples(20_000, 5_000, 0, 1.3, 7);
    Formula here = mean(batch("place"));
    Formula there = new Formula.On("data", here);
    double both = value(samples, error(Terms.subtract(here, there)));
    double one = value(samples, error(here));
    double other = value(samples, error(there));
    assertEquals(Math.hypot(one, other), both, 1e-12);
  }

  @Test
  void fewerSamplesThanBlocksHaveNoError() {
    assertTrue(Double.isNaN(value(samples(31, 40, 0, 1, 1), error(mean(batch("place"))))));
    assertFalse(Double.isNaN(value(samples(32, 40, 0, 1, 1), error(mean(batch("place"))))));
  }

  /** Weights of N(0, 1) from N(0, σ²) have the tail index k = 1 − σ² for σ < 1. */
  @Test
  void theTailOfTooNarrowAModelIsHeavy() {
    for (double square : new double[] {0.25, 0.5}) {
      double k =
          value(samples(100_000, 40, 0, Math.sqrt(square), 3), estimate(Estimator.PARETO_K, LOG_W));
      assertEquals(1 - square, k, 0.2);
    }
    double wide = value(samples(100_000, 40, 0, 1.5, 3), estimate(Estimator.PARETO_K, LOG_W));
    assertTrue(wide < 0.2, () -> "k of bounded weights: " + wide);
  }

  @Test
  void aFreeEnergyDifferenceIsMinusTheLogOfTheRatioOfWeights() {
    Formula a = set(-10, -0.5);
    Formula b = set(1, 10);
    // Φ(−1/2) and Φ(−1) of tables.
    double exact = -Math.log(0.15865525393145707 / 0.3085375387259869);
    Columns samples = samples(20_000, 20_000, 0.3, 1.4, 5);
    Formula difference = estimate(Estimator.FREE_ENERGY_DIFFERENCE, LOG_W, a, b);
    double delta = value(samples, estimate(Estimator.FREE_ENERGY_ERROR, LOG_W, a, b));
    double jackknife = value(samples, error(difference));
    assertEquals(exact, value(samples, difference), 5 * delta);
    assertEquals(delta, jackknife, 5 * delta / Math.sqrt(62));
    Formula unweighted = estimate(Estimator.FREE_ENERGY_DIFFERENCE, number(0), a, b);
    assertFalse(Math.abs(exact - value(samples, unweighted)) < 5 * delta);
    Formula there = new Formula.On("data", unweighted);
    assertEquals(exact, value(samples, there), 5 * value(samples, error(there)));
    Formula none = estimate(Estimator.FREE_ENERGY_DIFFERENCE, LOG_W, a, set(100, 101));
    assertTrue(Double.isNaN(value(samples, none)));
  }

  /** KL(N(0, 1)‖N(m, σ²)) = ln σ + (1 + m²)/(2σ²) − ½. */
  @Test
  void aBridgeFindsLogZAndForwardKl() {
    double m = 1;
    double sigma = 0.8;
    Columns samples = samples(6_000, 3_000, m, sigma, 9);
    Formula logZ = estimate(Estimator.BRIDGED_LOG_Z, LOG_W, THERE);
    double error = value(samples, error(logZ));
    assertTrue(error > 0 && error < 0.1, () -> "error " + error);
    assertEquals(LOG_Z, value(samples, logZ), 5 * error);
    double exact = Math.log(sigma) + (1 + m * m) / (2 * sigma * sigma) - 0.5;
    Formula kl = estimate(Estimator.BRIDGED_FORWARD_KL, LOG_W, THERE, number(Double.MAX_VALUE));
    double klError = value(samples, error(kl));
    assertEquals(exact, value(samples, kl), 5 * klError);
    double reverse = -Math.log(sigma) + (sigma * sigma + m * m) / 2 - 0.5;
    assertFalse(Math.abs(reverse - value(samples, kl)) < 5 * klError);
    Formula clipped = estimate(Estimator.BRIDGED_FORWARD_KL, LOG_W, THERE, number(0.5));
    assertTrue(value(samples, clipped) < 0.5);
  }

  @Test
  void rowsWithoutWeightDoNotCount() {
    Columns samples =
        Columns.of(
            4,
            Map.of(
                "place", new double[] {-1, -1, 1, 1},
                "log_w", new double[] {0, Double.NaN, Math.log(3), Double.NEGATIVE_INFINITY}));
    Formula difference = estimate(Estimator.FREE_ENERGY_DIFFERENCE, LOG_W, set(-2, 0), set(0, 2));
    assertEquals(-Math.log(3), value(samples, difference), 1e-14);
  }

  @Test
  void estimatesHaveTextsOfTheirOwnAndNoGradient() {
    Formula k = estimate(Estimator.PARETO_K, LOG_W);
    assertNotEquals(FormulaText.of(k), FormulaText.of(error(k)));
    assertNotEquals(FormulaText.of(k), FormulaText.of(estimate(Estimator.BRIDGED_LOG_Z, LOG_W)));
    assertFalse(Formulas.dependsOnFlow(k, true));
    assertFalse(Formulas.dependsOnFlow(error(mean(LOG_W)), true));
    assertTrue(Formulas.dependsOnFlow(mean(LOG_W), true));
    assertEquals(Formulas.fold(error(k)), error(k));
  }
}
