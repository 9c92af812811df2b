package org.flowexp.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counted by hand, and against another way to count. */
class ShiftTestTest {
  /** Of the 8 sums ±1 ±2 ±4, in the given one −1 −2 −4 = −7 is least. */
  @Test
  void threeNegativeDifferencesAreOneCaseInEight() {
    ShiftTest test = ShiftTest.paired(new double[] {-1, -2, -4});
    assertEquals(1.0 / 8, test.p());
    assertEquals(-7.0 / 3, test.estimate(), 1e-15);
    assertEquals(Double.POSITIVE_INFINITY, test.upper(0.05));
    // The greatest mean of a subset is −1, the least −4.
    assertEquals(-1, test.upper(0.125));
    assertEquals(-4, test.lower(0.125));
  }

  /** Of 1 −2 −4, the sums −7 and −5 alone are at most −5. */
  @Test
  void aSmallOneOnTheWrongSideCosts() {
    assertEquals(2.0 / 8, ShiftTest.paired(new double[] {1, -2, -4}).p());
    assertEquals(7.0 / 8, ShiftTest.paired(new double[] {-1, 2, 4}).p());
  }

  @Test
  void differencesOfZeroProveNothing() {
    assertEquals(1, ShiftTest.paired(new double[] {0, 0, 0, 0, 0, 0}).p());
    assertEquals(1, ShiftTest.paired(new double[] {0.3, -0.1, -0.2, 0, 0}).p(), 0.5);
    assertThrows(
        IllegalArgumentException.class, () -> ShiftTest.paired(new double[] {Double.NaN, 1}));
  }

  /** Two and two: 6 ways to choose, the given one is the lowest. */
  @Test
  void twoSamplesApartAreOneCaseInSix() {
    ShiftTest test = ShiftTest.unpaired(new double[] {1, 2}, new double[] {3, 5});
    assertEquals(1.0 / 6, test.p());
    assertEquals(-2.5, test.estimate());
    assertEquals(1.0 / 6, ShiftTest.smallestUnpaired(2));
    assertEquals(1.0 / 184_756, ShiftTest.smallestUnpaired(10));
    assertEquals(1, ShiftTest.unpaired(new double[] {3, 5}, new double[] {1, 2}).p());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theBoundIsWhereTheTestBeginsToReject(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] a = random.doubles(7).toArray();
    double[] b = random.doubles(7).toArray();
    double alpha = 0.05;
    double paired = ShiftTest.paired(minus(a, b)).upper(alpha);
    double unpaired = ShiftTest.unpaired(a, b).upper(alpha);
    for (double margin : new double[] {1e-6, 1e-3}) {
      assertTrue(ShiftTest.paired(shifted(minus(a, b), paired + margin)).p() <= alpha);
      assertTrue(ShiftTest.paired(shifted(minus(a, b), paired - margin)).p() > alpha);
      assertTrue(ShiftTest.unpaired(shifted(a, unpaired + margin), b).p() <= alpha);
      assertTrue(ShiftTest.unpaired(shifted(a, unpaired - margin), b).p() > alpha);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void thePairedFormCountsAsTheDirectSumDoes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] a = random.doubles(9).toArray();
    double[] b = random.doubles(9).toArray();
    assertEquals(SignificanceTest.pairedLess(a, b), ShiftTest.paired(minus(a, b)).p(), 1e-12);
  }

  @Test
  void manySeedsAreDecidedByDrawnRearrangements() {
    SplittableRandom random = new SplittableRandom(1);
    double[] d = random.doubles(30).map(v -> v - 0.65).toArray();
    double p = ShiftTest.paired(d).p();
    assertTrue(p > ShiftTest.smallestPaired(30) && p < 0.1, "" + p);
    double[] zero = new double[30];
    double unpaired = ShiftTest.unpaired(d, zero).p();
    assertTrue(unpaired > 0 && unpaired < 0.1, "" + unpaired);
  }

  private static double[] minus(double[] a, double[] b) {
    double[] d = a.clone();
    Arrays.setAll(d, i -> a[i] - b[i]);
    return d;
  }

  private static double[] shifted(double[] a, double by) {
    return Arrays.stream(a).map(v -> v - by).toArray();
  }
}
