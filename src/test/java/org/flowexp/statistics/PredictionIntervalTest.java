package org.flowexp.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** How often new seeds leave the interval that recorded ones give. */
class PredictionIntervalTest {
  private static final int TRIALS = 20_000;
  private static final int RECORDED = 10;
  private static final double LEVEL = 0.95;
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private static double[] draws(int n, SplittableRandom random) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = NORMAL.inverseCumulativeProbability(random.nextDouble(1e-12, 1));
    }
    return values;
  }

  /** The share of trials whose {@code k} new values have their mean outside. */
  private static double outside(int k, ToDoubleBiFunction<PredictionInterval, Integer> halfWidth) {
    SplittableRandom random = new SplittableRandom(4_711);
    int left = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Spread recorded = Spread.of(draws(RECORDED, random));
      PredictionInterval interval =
          new PredictionInterval(recorded.mean(), recorded.deviation(), RECORDED);
      double distance = Math.abs(Moments.mean(draws(k, random)) - recorded.mean());
      left += distance > halfWidth.applyAsDouble(interval, k) ? 1 : 0;
    }
    return (double) left / TRIALS;
  }

  @Test
  void itHoldsAsManyNewMeansAsItSays() {
    for (int k : new int[] {1, 3, 7}) {
      // the standard error of a share of 5 % of 20,000 is 0.15 %
      assertEquals(1 - LEVEL, outside(k, (interval, n) -> interval.halfWidth(n, LEVEL)), 0.006);
    }
  }

  @Test
  void anIntervalThatForgetsTheErrorOfTheMeanOrOfTheDeviationHoldsTooFew() {
    double ofTheMeanAlone = outside(3, (interval, n) -> 1.96 * interval.deviation() / Math.sqrt(n));
    double normal =
        outside(3, (interval, n) -> 1.96 * interval.deviation() * Math.sqrt(1.0 / n + 0.1));
    assertTrue(ofTheMeanAlone > 0.09, "" + ofTheMeanAlone);
    assertTrue(normal > 0.07, "" + normal);
  }

  @Test
  void itsWidthIsThatOfTheTables() {
    // t of 9 degrees of freedom, 97.5 %: 2.2622 (any table); √(1/1 + 1/10) = 1.0488
    assertEquals(2 * 2.2622 * 1.0488, new PredictionInterval(5, 2, 10).halfWidth(1, 0.95), 1e-3);
  }
}
