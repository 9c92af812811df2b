package org.flowexp.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  private static Samples counting(int count) {
    return Samples.of(IntStream.range(0, 2 * count).mapToDouble(i -> i).toArray(), 2, "test");
  }

  private static boolean[] firsts(int count, int marked) {
    boolean[] marks = new boolean[count];
    Arrays.fill(marks, 0, marked, true);
    return marks;
  }

  private static long marked(Samples samples, double below) {
    return Arrays.stream(samples.column(0)).filter(v -> v < below).count();
  }

  @Test
  void partsKeepTheOrderAndShareNoRow() {
    Samples.Split split = counting(5).split(2);
    assertArrayEquals(new double[] {0, 1, 2, 3}, split.first().values());
    assertArrayEquals(new double[] {5, 7, 9}, split.rest().column(1));
    assertArrayEquals(
        new double[] {2, 3, 6, 7},
        counting(4).where(new boolean[] {false, true, false, true}).values());
  }

  @Test
  void takingTooManyIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> counting(5).take(6));
    assertThrows(IllegalArgumentException.class, () -> counting(5).drop(6));
    assertThrows(IllegalArgumentException.class, () -> counting(5).where(new boolean[4]));
    assertThrows(IllegalArgumentException.class, () -> Samples.of(new double[3], 2, "test"));
  }

  @Test
  void resamplingKeepsTheLargestSubsetOfTheWantedShare() {
    // 800 of 1000 marked, wanted 20 %: all 200 others stay, with 50 marked
    Samples fewer = counting(1_000).resample(firsts(1_000, 800), 0.2, 7);
    assertEquals(250, fewer.count());
    assertEquals(50, marked(fewer, 1_600));
    Samples more = counting(1_000).resample(firsts(1_000, 100), 0.5, 7);
    assertEquals(200, more.count());
    assertEquals(100, marked(more, 200));
    assertEquals(800, counting(1_000).resample(firsts(1_000, 800), 1, 7).count());
    assertEquals(200, counting(1_000).resample(firsts(1_000, 800), 0, 7).count());
    assertEquals(1_000, counting(1_000).resample(new boolean[1_000], 0, 7).count());
    assertEquals(0, counting(1_000).resample(new boolean[1_000], 0.2, 7).count());
  }

  @Test
  void resamplingKeepsTheOrderAndFollowsTheSeed() {
    Samples one = counting(1_000).resample(firsts(1_000, 800), 0.2, 7);
    double[] column = one.column(0);
    double[] sorted = column.clone();
    Arrays.sort(sorted);
    assertArrayEquals(sorted, column);
    assertArrayEquals(one.values(), counting(1_000).resample(firsts(1_000, 800), 0.2, 7).values());
    assertFalse(
        Arrays.equals(one.values(), counting(1_000).resample(firsts(1_000, 800), 0.2, 8).values()));
    // not the first 50 marked: of 800 rows about half lie in the second half
    assertTrue(Math.abs(marked(one, 800) - 25) < 5 * 3.6);
  }

  @Test
  void anEpochShowsEachRowOnce() {
    Batches batches = new Batches(10, 4, 3, "data");
    int[] stream = IntStream.range(0, 5).flatMap(s -> Arrays.stream(batches.at(s))).toArray();
    int[] all = IntStream.range(0, 10).toArray();
    int[] first = Arrays.copyOf(stream, 10);
    int[] second = Arrays.copyOfRange(stream, 10, 20);
    assertArrayEquals(all, Arrays.stream(first).sorted().toArray());
    assertArrayEquals(all, Arrays.stream(second).sorted().toArray());
    assertFalse(Arrays.equals(first, second));
    assertArrayEquals(batches.at(3), new Batches(10, 4, 3, "data").at(3));
    assertEquals(25, new Batches(10, 25, 3, "data").at(0).length);
  }
}
