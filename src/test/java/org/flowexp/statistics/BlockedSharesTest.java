package org.flowexp.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BlockedSharesTest {
  private static final int ROWS = 1_600;
  private static final int REPEATS = 200;

  /** Three cells in the shares 1/2, 1/4, 1/8, and none in the rest, with uneven weights. */
  private static BlockedShares counted(SplittableRandom random) {
    BlockedShares shares = new BlockedShares(ROWS, 3);
    for (int row = 0; row < ROWS; row++) {
      double place = random.nextDouble();
      int cell = place < 0.5 ? 0 : place < 0.75 ? 1 : place < 0.875 ? 2 : -1;
      shares.add(row, cell, 0.5 + random.nextDouble());
    }
    return shares;
  }

  @Test
  void whatIsInTheCellsAndInNoneIsAllThereIs() {
    BlockedShares shares = new BlockedShares(8, 2);
    shares.add(0, 0, 3);
    shares.add(3, 1, 2);
    shares.add(7, -1, 5);
    assertEquals(0.3, shares.shares()[0], 1e-15);
    assertEquals(0.2, shares.shares()[1], 1e-15);
    // Normalised by what is in cells alone, the first would be 3/5.
    assertTrue(Math.abs(shares.shares()[0] - 0.6) > 0.1);
    assertTrue(Double.isNaN(shares.errors()[0]), "eight rows make no 32 blocks");
  }

  /** The mean stated error is the spread over repeats within 5 of its errors, 1/√(2 repeats). */
  @Test
  void theStatedErrorIsTheSpreadOverRepeats() {
    SplittableRandom random = new SplittableRandom(11);
    double[][] values = new double[3][REPEATS];
    double[] stated = new double[3];
    for (int r = 0; r < REPEATS; r++) {
      BlockedShares shares = counted(random);
      for (int cell = 0; cell < 3; cell++) {
        values[cell][r] = shares.shares()[cell];
        stated[cell] += shares.errors()[cell] / REPEATS;
      }
    }
    double[] expected = {0.5, 0.25, 0.125};
    for (int cell = 0; cell < 3; cell++) {
      double spread = Moments.standardDeviation(values[cell]);
      assertEquals(1, stated[cell] / spread, 5 / Math.sqrt(2.0 * REPEATS), "cell " + cell);
      double error = 5 * spread / Math.sqrt(REPEATS);
      assertEquals(expected[cell], Arrays.stream(values[cell]).average().orElseThrow(), error);
    }
    // A share without the total in its error, as of counts alone, would be too wide.
    double ofCounts = Math.sqrt(0.5 / ROWS);
    assertTrue(ofCounts / Moments.standardDeviation(values[0]) - 1 > 5 / Math.sqrt(2.0 * REPEATS));
  }
}
