package org.flowexp.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RunningLogZTest {
  private static double after(double... batches) {
    double running = Double.NaN;
    for (int step = 0; step < batches.length; step++) {
      running = RunningLogZ.with(running, batches[step], step);
    }
    return running;
  }

  @Test
  void theEarlyBatchesAreAveragedAsNumbersNotAsLogarithms() {
    assertEquals(Math.log((1 + 3 + 8) / 3.0), after(0, Math.log(3), Math.log(8)), 1e-14);
    assertEquals(700 + Math.log(2), after(700 + Math.log(1), 700 + Math.log(3)), 1e-10);
  }

  @Test
  void whatIsLongAgoFades() {
    double[] batches = new double[600];
    batches[0] = 5;
    double all = Math.log((Math.exp(5) + 599) / 600);
    assertTrue(after(batches) < 0.01 * all, "of all of them the mean is " + all);
  }

  @Test
  void aBatchWithoutAnEstimateIsLeftOut() {
    assertEquals(1, after(1, Double.NEGATIVE_INFINITY, Double.NaN), 0);
    assertEquals(2, after(Double.NaN, 2), 0);
  }
}
