package org.flowexp.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SystematicResamplingTest {
  private static long[] copies(double[] weights, long draws, double offset) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    var resampling = new SystematicResampling(total, draws, offset);
    return Arrays.stream(weights).mapToLong(resampling::copies).toArray();
  }

  @Test
  void aRowIsTakenAsOftenAsItWeighsRoundedEitherWay() {
    SplittableRandom random = new SplittableRandom(1);
    double[] weights = random.doubles(1_000).map(v -> Math.exp(20 * v - 10)).toArray();
    double total = Arrays.stream(weights).sum();
    for (long draws : new long[] {1, 7, 1_000, 100_003}) {
      for (int trial = 0; trial < 20; trial++) {
        long[] copies = copies(weights, draws, random.nextDouble(1e-6, 1 - 1e-6));
        assertEquals(draws, Arrays.stream(copies).sum());
        for (int row = 0; row < weights.length; row++) {
          assertEquals((double) draws * weights[row] / total, (double) copies[row], 1 + 1e-6);
        }
      }
    }
  }

  @Test
  void overTheOffsetsARowIsTakenAsOftenAsItWeighs() {
    double[] weights = {0.3, 0, 1.2, 0.05, 2.45};
    double[] mean = new double[weights.length];
    int offsets = 10_000;
    for (int i = 0; i < offsets; i++) {
      long[] copies = copies(weights, 3, (i + 0.5) / offsets);
      Arrays.setAll(mean, row -> mean[row] + (double) copies[row] / offsets);
    }
    // The average over a regular grid is the integral but for one offset of each step.
    for (int row = 0; row < weights.length; row++) {
      assertEquals(3 * weights[row] / 4, mean[row], 3.0 / offsets);
    }
  }

  @Test
  void anOffsetOutsideAndNoWeightAtAllAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SystematicResampling(1, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> new SystematicResampling(0, 3, 0.5));
  }

  @Test
  void sumsOneByOneAreThoseOfAllTogether() {
    SplittableRandom random = new SplittableRandom(2);
    double[] r = random.doubles(1_000).map(v -> 3_000 * v - 1_500).toArray();
    r[3] = Double.NaN;
    r[17] = Double.NEGATIVE_INFINITY;
    WeightSum sum = new WeightSum();
    Arrays.stream(r).forEach(sum::add);
    assertEquals(LogWeights.logMeanExp(r), sum.logMean(), 1e-9);
    assertEquals(LogWeights.effectiveSampleSize(r), sum.effectiveSampleSize(), 1e-9);
    sum.add(0);
    double[] more = Arrays.copyOf(r, r.length + 1);
    assertTrue(sum.logMean() < LogWeights.logMeanExp(r), "a row without weight counts");
    assertEquals(LogWeights.logMeanExp(more), sum.logMean(), 1e-9);
  }
}
