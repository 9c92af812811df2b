package org.flowexp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Time to parse and check grows with the length of a file, not with its square. */
class ScalingTest {
  private static final int[] LINES = {1_000, 2_000, 4_000, 8_000};
  private static final int TRIES = 3;

  private static String file(int lines) {
    StringBuilder text = new StringBuilder("flowexp 1\n");
    for (int i = 0; 4 * i < lines; i++) {
      text.append("fn f%d(t) = t^4 - 3 * t^2 + %d\n".formatted(i, i));
      text.append("let a%d = f%d(2) + 1\n".formatted(i, i));
      text.append("metric m%d = mean(f%d(log_w)) + a%d\n".formatted(i, i, i));
      text.append(
          "loss l%d on model = mean((log_w - stop(mean(log_w)))^2) * a%d\n".formatted(i, i));
    }
    return text.toString();
  }

  private static double seconds(String text) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      assertEquals(java.util.List.of(), Checks.of(text).codes());
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return best;
  }

  @Test
  void eightTimesTheLinesTakeLessThanTwentyTimesAsLong() {
    seconds(file(LINES[0]));
    double[] times = new double[LINES.length];
    StringBuilder measured = new StringBuilder();
    for (int i = 0; i < LINES.length; i++) {
      times[i] = seconds(file(LINES[i]));
      measured.append("%d lines: %.3f s; ".formatted(LINES[i], times[i]));
    }
    System.out.println(measured);
    // Quadratic growth would be 64 times; a shared machine gets the rest.
    assertTrue(times[3] < 20 * times[0], measured.toString());
    assertTrue(times[1] < 1, measured.toString());
  }
}
