package org.flowexp.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A one-sided permutation test of "the mean is below δ", with the interval of all δ that it does
 * not reject.
 *
 * <p>Both forms rest on <em>typical values</em> (Hartigan, JASA 64, 1303 (1969)): exchanging a set
 * of signs or labels lowers the statistic exactly where the set's typical value is at least δ. So
 * p(δ) = (1 + #{typical values ≥ δ})/N over N rearrangements, and a bound at level α is an order
 * statistic of them.
 */
public final class ShiftTest {
  private static final int MOST_PAIRS = 20;
  private static final int MOST_UNPAIRED = 12;
  private static final int DRAWN = 1 << 18;
  private static final double ROUNDING = 1e-12;

  private final double estimate;
  private final double[] typical;
  private final double tolerance;

  private ShiftTest(double estimate, double[] typical, double size) {
    this.estimate = estimate;
    this.typical = typical;
    this.tolerance = ROUNDING * size;
  }

  /**
   * By exchanging the signs of differences (Fisher 1935): exact where each difference is symmetric
   * about its mean, as it is if the two values of a pair are exchangeable under the null. All 2^n
   * signs up to 20 differences; above, 262,144 drawn ones, the given one counted among them.
   */
  public static ShiftTest paired(double[] differences) {
    int n = differences.length;
    requireFinite(differences);
    double[] typical = n <= MOST_PAIRS ? subsetMeans(differences) : drawnMeans(differences);
    return new ShiftTest(Moments.mean(differences), typical, largest(differences));
  }

  /**
   * By exchanging labels between two samples of one size (Pitman 1937), of mean(a) − mean(b): exact
   * where a and b + δ have one distribution, whatever it is. All exchanges up to 12 values a side;
   * above, 262,144 drawn ones.
   */
  public static ShiftTest unpaired(double[] a, double[] b) {
    int n = a.length;
    if (b.length != n) {
      throw new IllegalArgumentException(n + " and " + b.length + " values");
    }
    requireFinite(a);
    requireFinite(b);
    double size = Math.max(largest(a), largest(b));
    double estimate = Moments.mean(a) - Moments.mean(b);
    return new ShiftTest(estimate, n <= MOST_UNPAIRED ? exchanges(a, b) : drawn(a, b), size);
  }

  /** The smallest p that n pairs can give: 2^−n. */
  public static double smallestPaired(int n) {
    return n > MOST_PAIRS ? 1.0 / (DRAWN + 1) : Math.pow(2, -n);
  }

  /** The smallest p that n values a side can give: one over the number of ways to choose n. */
  public static double smallestUnpaired(int n) {
    if (n > MOST_UNPAIRED) {
      return 1.0 / (DRAWN + 1);
    }
    double ways = 1;
    for (int i = 1; i <= n; i++) {
      ways = ways * (n + i) / i;
    }
    return 1 / ways;
  }

  /** The mean difference. */
  public double estimate() {
    return estimate;
  }

  /** The one-sided p of "the mean difference is below zero". */
  public double p() {
    long above = Arrays.stream(typical).filter(value -> value >= -tolerance).count();
    return (1.0 + above) / (typical.length + 1);
  }

  /** The least upper bound of the mean difference at this level; ∞ if there are too few values. */
  public double upper(double alpha) {
    int rank = rank(alpha);
    return rank < 1 ? Double.POSITIVE_INFINITY : sorted()[typical.length - rank];
  }

  /** The greatest lower bound at this level; −∞ if there are too few values. */
  public double lower(double alpha) {
    int rank = rank(alpha);
    return rank < 1 ? Double.NEGATIVE_INFINITY : sorted()[rank - 1];
  }

  private double[] sorted() {
    double[] sorted = typical.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private int rank(double alpha) {
    return (int) Math.floor(alpha * (typical.length + 1) * (1 + ROUNDING));
  }

  private static double[] subsetMeans(double[] values) {
    double[] sums = subsetSums(values);
    double[] means = new double[sums.length - 1];
    Arrays.setAll(means, i -> sums[i + 1] / Integer.bitCount(i + 1));
    return means;
  }

  /** Means of drawn subsets; the empty one, which changes nothing, counts against the claim. */
  private static double[] drawnMeans(double[] values) {
    SplittableRandom random = new SplittableRandom(values.length);
    double[] means = new double[DRAWN];
    for (int draw = 0; draw < DRAWN; draw++) {
      double sum = 0;
      int count = 0;
      for (double value : values) {
        if (random.nextBoolean()) {
          sum += value;
          count++;
        }
      }
      means[draw] = count == 0 ? Double.POSITIVE_INFINITY : sum / count;
    }
    return means;
  }

  /** Each exchange of k values of a with k of b, k > 0. */
  private static double[] exchanges(double[] a, double[] b) {
    double[] ofA = subsetSums(a);
    double[] ofB = subsetSums(b);
    double[] typical = new double[(int) Math.round(1 / smallestUnpaired(a.length)) - 1];
    int count = 0;
    for (int k = 1; k <= a.length; k++) {
      int[] subsets = subsets(a.length, k);
      for (int out : subsets) {
        for (int in : subsets) {
          typical[count++] = (ofA[out] - ofB[in]) / k;
        }
      }
    }
    return typical;
  }

  private static int[] subsets(int n, int size) {
    return IntStream.range(0, 1 << n).filter(set -> Integer.bitCount(set) == size).toArray();
  }

  /** By the set's bits. */
  private static double[] subsetSums(double[] values) {
    double[] sums = new double[1 << values.length];
    for (int set = 1; set < sums.length; set++) {
      sums[set] = sums[set & set - 1] + values[Integer.numberOfTrailingZeros(set)];
    }
    return sums;
  }

  private static double[] drawn(double[] a, double[] b) {
    int n = a.length;
    SplittableRandom random = new SplittableRandom(n);
    double[] typical = new double[DRAWN];
    int[] order = new int[2 * n];
    Arrays.setAll(order, i -> i);
    for (int draw = 0; draw < DRAWN; draw++) {
      double left = 0;
      double right = 0;
      int moved = 0;
      for (int i = 0; i < 2 * n; i++) {
        int j = i + random.nextInt(2 * n - i);
        int chosen = order[j];
        order[j] = order[i];
        order[i] = chosen;
        if (i < n && chosen >= n) {
          right += b[chosen - n];
          moved++;
        } else if (i >= n && chosen < n) {
          left += a[chosen];
        }
      }
      typical[draw] = moved == 0 ? Double.POSITIVE_INFINITY : (left - right) / moved;
    }
    return typical;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  private static void requireFinite(double[] values) {
    if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("not finite: " + Arrays.toString(values));
    }
  }
}
