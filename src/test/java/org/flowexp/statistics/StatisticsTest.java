package org.flowexp.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed forms, on quantile grids where the number is a limit. */
class StatisticsTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  /** The n midpoints of equal parts of (0, 1). */
  private static DoubleStream grid(int n) {
    return IntStream.range(0, n).mapToDouble(i -> (i + 0.5) / n);
  }

  private static double[] normal(double mean, double width, int n) {
    var normal = new NormalDistribution(null, mean, width);
    return grid(n).map(normal::inverseCumulativeProbability).toArray();
  }

  @Test
  void sumsOfExponentialsAreThoseOfTheWeights() {
    double[] r = {Math.log(1) + 1000, Math.log(2) + 1000, NONE, Double.NaN};
    assertEquals(1000 + Math.log(3), LogWeights.logSumExp(r), 1e-12);
    assertEquals(1000 + Math.log(0.75), LogWeights.logMeanExp(r), 1e-12);
    assertArrayEquals(new double[] {1.0 / 3, 2.0 / 3, 0, 0}, LogWeights.softmax(r), 1e-12);
    assertEquals(9.0 / 5, LogWeights.effectiveSampleSize(r), 1e-12);
    assertEquals(9.0 / 20, LogWeights.effectiveSampleFraction(r), 1e-12);
    assertEquals(NONE, LogWeights.logSumExp(new double[] {NONE, Double.NaN}));
    assertEquals(0, LogWeights.effectiveSampleSize(new double[] {NONE}));
    assertThrows(IllegalArgumentException.class, () -> LogWeights.softmax(new double[] {NONE}));
  }

  @Test
  void theEffectiveFractionOfLogNormalWeightsIsKnown() {
    // E[w]²/E[w²] = e^{−σ²}
    double[] r = normal(0, 0.5, 100_000);
    assertEquals(Math.exp(-0.25), LogWeights.effectiveSampleFraction(r), 1e-4);
  }

  @Test
  void momentsOfSmallSamples() {
    double[] values = {4, 1, 2, 9};
    assertEquals(4, Moments.mean(values));
    assertEquals(38.0 / 3, Moments.variance(values), 1e-14);
    assertEquals(Math.sqrt(38.0 / 3), Moments.standardDeviation(values), 1e-14);
    assertEquals(3, Moments.median(values));
    assertEquals(2, Moments.median(new double[] {9, 2, 1}));
    assertTrue(Double.isNaN(Moments.variance(new double[] {1})));
    assertTrue(Double.isNaN(Moments.median(new double[0])));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anAutoregressiveChainHasItsTimeAndError(long seed) {
    // x' = φx + noise: τ = (1 + φ)/(1 − φ) = 9; sd of τ̂ ≈ τ √(2(2M + 1)/n) with M = 5τ: 3 %
    int n = 200_000;
    double phi = 0.8;
    var random = new java.util.Random(seed);
    double[] x = new double[n];
    for (int i = 1; i < n; i++) {
      x[i] = phi * x[i - 1] + random.nextGaussian();
    }
    assertEquals(9, Autocorrelation.time(x), 5 * 0.03 * 9);
    // the mean's variance is σ²τ/n, σ² = 1/(1 − φ²); sd over 100 blocks is known to 7 %
    double exact = Math.sqrt(9 / (1 - phi * phi) / n);
    assertEquals(1, Autocorrelation.blockError(x, 100) / exact, 0.36);
    assertEquals(1, Autocorrelation.time(new double[] {2, 2, 2}));
  }

  @Test
  void theBootstrapErrorOfAMeanIsTheStandardError() {
    double[] values = normal(3, 2, 400);
    // exactly σ_n/√n; over 2,000 copies known to 1/√4000 = 1.6 %
    double error = Bootstrap.error(values, Moments::mean, 2_000, new SplittableRandom(5));
    double exact = Math.sqrt(Moments.variance(values) * 399 / 400 / 400);
    assertEquals(1, error / exact, 0.08);
  }

  @Test
  void aHistogramHoldsTheSharesInsideAndKeepsTheRest() {
    double[] values = {0, 0.5, 1, 2, 7};
    Histogram histogram = Histogram.of(values, new double[] {1, 1, 2, 4, 2}, 0, 2, 2);
    assertEquals(
        java.util.List.of(0.2, 0.6),
        histogram.shares().stream().map(s -> Math.rint(s * 1e12) / 1e12).toList());
    assertEquals(
        0.3, Histogram.totalVariation(new double[] {0.5, 0.5}, new double[] {0.2, 0.8}), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.8, 1.2})
  void aParetoTailHasItsShape(double k) {
    // quantiles of the generalised Pareto law; sd of k̂ is (1 + k)/√M, here without noise
    double[] r = grid(40_000).map(p -> Math.log((Math.pow(1 - p, -k) - 1) / k)).toArray();
    assertEquals(k, ParetoTail.shape(r).orElseThrow(), 0.04);
    assertTrue(ParetoTail.shape(new double[1000]).isEmpty());
    assertEquals(0.7, ParetoTail.threshold(100_000));
    assertEquals(0.5, ParetoTail.threshold(100), 1e-15);
  }

  @Test
  void theBridgeFindsTheConstantOfAGaussian() {
    // target e^{−x²/2}, log Z = ½ log 2π; model N(0.5, 1.3²); quantile grids in place of samples
    double[] model =
        Arrays.stream(normal(0.5, 1.3, 20_000)).map(StatisticsTest::logWeight).toArray();
    double[] data = Arrays.stream(normal(0, 1, 5_000)).map(StatisticsTest::logWeight).toArray();
    double exact = 0.5 * Math.log(2 * Math.PI);
    assertEquals(exact, Bridge.logZ(model, data, 5_000), 1e-3);
    assertEquals(exact, Bridge.logZ(model, data, 50), 1e-3);
  }

  @Test
  void rowsOfTheModelOutsideTheTargetCountInTheBridge() {
    // the target cut at 0: half the mass; the model's rows below 0 have no weight
    double[] model =
        Arrays.stream(normal(0.5, 1.3, 20_000)).map(x -> x < 0 ? NONE : logWeight(x)).toArray();
    double[] data =
        Arrays.stream(normal(0, 1, 5_000)).filter(x -> x > 0).map(x -> logWeight(x)).toArray();
    double exact = 0.5 * Math.log(2 * Math.PI) - Math.log(2);
    assertEquals(exact, Bridge.logZ(model, data, data.length), 1e-3);
  }

  private static double logWeight(double x) {
    double z = (x - 0.5) / 1.3;
    return -x * x / 2 + z * z / 2 + Math.log(1.3) + 0.5 * Math.log(2 * Math.PI);
  }

  @Test
  void theFreeEnergyDifferenceOfCountedStatesIsALogarithm() {
    double[] r = {0, 0, 0, Math.log(2), NONE};
    var difference =
        FreeEnergyDifference.of(
            r,
            new boolean[] {true, true, true, false, false},
            new boolean[] {false, false, false, true, true});
    assertEquals(Math.log(1.5), difference.value(), 1e-14);
    assertEquals(Math.sqrt(1.0 / 3 + 1), difference.standardError(), 1e-14);
    var empty =
        FreeEnergyDifference.of(
            r, new boolean[5], new boolean[] {true, false, false, false, false});
    assertTrue(Double.isNaN(empty.value()));
  }

  @Test
  void thePermutationTestCountsSignFlips() {
    double[] zero = new double[5];
    assertEquals(1.0 / 32, SignificanceTest.pairedLess(new double[] {-1, -2, -3, -4, -5}, zero));
    assertEquals(1, SignificanceTest.pairedLess(new double[] {1, 2, 3, 4, 5}, zero));
    // subsets of {1..5} flipped whose sum is at most that of {1}: {}, {1}
    assertEquals(2.0 / 32, SignificanceTest.pairedLess(new double[] {1, -2, -3, -4, -5}, zero));
    assertEquals(1, SignificanceTest.pairedLess(zero, zero));
  }

  @Test
  void holmIsTheWorkedExample() {
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02},
        SignificanceTest.holm(new double[] {0.01, 0.04, 0.03, 0.005}),
        1e-15);
    assertArrayEquals(new double[] {1, 1}, SignificanceTest.holm(new double[] {0.9, 0.6}));
  }
}
