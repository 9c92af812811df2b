package org.flowexp.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Exact tests over seeds, and their correction when there are several. */
public final class SignificanceTest {
  private static final int MOST_PAIRS = 24;
  private static final double ROUNDING = 1e-12;

  private SignificanceTest() {}

  /**
   * The exact one-sided p of "a is smaller than b" for paired values: the share of the 2^n ways to
   * exchange a and b within pairs whose mean difference is at most the observed one (Fisher 1935).
   * Never below 2^−n.
   */
  public static double pairedLess(double[] a, double[] b) {
    int n = a.length;
    if (n != b.length || n < 1 || n > MOST_PAIRS) {
      throw new IllegalArgumentException(n + " and " + b.length + " values to pair");
    }
    double[] difference = IntStream.range(0, n).mapToDouble(i -> a[i] - b[i]).toArray();
    double observed = Arrays.stream(difference).sum();
    double tolerance = ROUNDING * Arrays.stream(difference).map(Math::abs).sum();
    long extreme = 0;
    for (int signs = 0; signs < 1 << n; signs++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (signs >> i & 1) == 0 ? difference[i] : -difference[i];
      }
      extreme += sum <= observed + tolerance ? 1 : 0;
    }
    return (double) extreme / (1 << n);
  }

  /** Holm's adjusted p values, in the given order: reject where ≤ α keeps the family at α. */
  public static double[] holm(double[] p) {
    int m = p.length;
    int[] order =
        IntStream.range(0, m)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[m];
    double largest = 0;
    for (int rank = 0; rank < m; rank++) {
      largest = Math.max(largest, Math.min(1, (m - rank) * p[order[rank]]));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}
