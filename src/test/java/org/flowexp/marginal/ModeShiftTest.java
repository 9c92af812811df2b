package org.flowexp.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.flowexp.random.Seeds;
import org.junit.jupiter.api.Test;

/**
 * Two wells of c, and a hydrogen h on a spring that is stiffer in one: u = −log P(c) − ½ log k(c) +
 * ½ k(c) h². Marginally c has P; with h at its minimum exp(−u_C) is P √k.
 */
final class ModeShiftTest {
  private static final double SHARE = 0.1;
  private static final double STIFF = 3;

  private static double logNormal(double h, double variance) {
    return -h * h / (2 * variance) - Math.log(2 * Math.PI * variance) / 2;
  }

  @Test
  void theShareUnderTheMinimumIsTheClosedFormAndItsErrorIsThatOfRepetitions() {
    int repetitions = 200;
    double exact = SHARE * Math.sqrt(STIFF) / (SHARE * Math.sqrt(STIFF) + 1 - SHARE);
    double sum = 0;
    double squares = 0;
    double errors = 0;
    double wrong = 0;
    for (int repetition = 0; repetition < repetitions; repetition++) {
      ModeShift shift = shift(repetition, 1);
      double value = shift.weighted().value();
      sum += value / repetitions;
      squares += (value - exact) * (value - exact) / repetitions;
      errors += shift.weighted().error() / repetitions;
      wrong += shift(repetition, -1).weighted().value() / repetitions;
    }
    double spread = Math.sqrt(squares);
    assertEquals(exact, sum, 5 * spread / Math.sqrt(repetitions));
    // a deviation of 200 values is known to 5 %
    assertEquals(spread, errors, 0.25 * spread);
    double turned = wrong;
    assertTrue(Math.abs(turned - exact) > 10 * spread, () -> "the inverse weights give " + turned);
  }

  /** Every second sample outside is weighed: the share comes from all. */
  private static ModeShift shift(int repetition, int sign) {
    SplittableRandom random = Seeds.generator(7, "shift", repetition);
    int n = 4_000;
    boolean[] inside = new boolean[n];
    double[] logs = new double[n];
    for (int i = 0; i < n; i++) {
      inside[i] = random.nextDouble() < SHARE;
      double k = inside[i] ? STIFF : 1;
      double h = random.nextGaussian() / Math.sqrt(k);
      // exp(u − u_C) g, with a g that is not the conditional law
      logs[i] = sign * (k * h * h / 2 + logNormal(h, 0.7 / k));
    }
    int[] rows = IntStream.range(0, n).filter(i -> inside[i] || i % 2 == 0).toArray();
    return new ModeShift(inside, rows, IntStream.of(rows).mapToDouble(i -> logs[i]).toArray());
  }
}
