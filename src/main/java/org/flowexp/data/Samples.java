package org.flowexp.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.flowexp.random.Seeds;

/** Configurations [count, dim] in a fixed order, in nm or without unit. Immutable. */
public final class Samples {

  private static final double ROUNDING = 1e-9;

  private final double[] values;
  private final int dim;
  private final String source;

  private Samples(double[] values, int dim, String source) {
    this.values = values;
    this.dim = dim;
    this.source = source;
  }

  /**
   * Copies rows of numbers.
   *
   * @param values [count, dim], row by row
   * @param source where they come from, for a person
   */
  public static Samples of(double[] values, int dim, String source) {
    if (dim < 1 || values.length % dim != 0) {
      throw new IllegalArgumentException(values.length + " numbers in rows of " + dim);
    }
    return new Samples(values.clone(), dim, source);
  }

  /** The number of rows. */
  public int count() {
    return values.length / dim;
  }

  /** The number of columns. */
  public int dim() {
    return dim;
  }

  /** Where the rows come from, for a person. */
  public String source() {
    return source;
  }

  /** All rows, one after the other. A copy. */
  public double[] values() {
    return values.clone();
  }

  /** One column, [count]. */
  public double[] column(int column) {
    if (column < 0 || column >= dim) {
      throw new IndexOutOfBoundsException("column " + column + " of " + dim);
    }
    return IntStream.range(0, count()).mapToDouble(row -> values[row * dim + column]).toArray();
  }

  /** These rows in this order, one after the other, [rows.length, dim]. */
  public double[] rows(int[] rows) {
    double[] chosen = new double[rows.length * dim];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * dim, chosen, i * dim, dim);
    }
    return chosen;
  }

  /** The first rows. */
  public Samples take(int rows) {
    checkAvailable(rows);
    return new Samples(Arrays.copyOf(values, rows * dim), dim, source);
  }

  /** All but the first rows. */
  public Samples drop(int rows) {
    checkAvailable(rows);
    return new Samples(Arrays.copyOfRange(values, rows * dim, values.length), dim, source);
  }

  /** The rows before and from the given one. */
  public Split split(int at) {
    return new Split(take(at), drop(at));
  }

  /** Two parts that share no row. */
  public record Split(Samples first, Samples rest) {}

  /** The rows marked true, in order. */
  public Samples where(boolean[] kept) {
    checkMarks(kept);
    int[] rows = IntStream.range(0, count()).filter(row -> kept[row]).toArray();
    return new Samples(rows(rows), dim, source);
  }

  /**
   * The largest random subset, in order, in which a share of the rows is marked.
   *
   * @param share in [0, 1]; met to the nearest row
   * @param seed decides which rows stay
   */
  public Samples resample(boolean[] marked, double share, long seed) {
    checkMarks(marked);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share " + share + " is outside [0, 1]");
    }
    int[] inside = IntStream.range(0, count()).filter(row -> marked[row]).toArray();
    int[] outside = IntStream.range(0, count()).filter(row -> !marked[row]).toArray();
    double byInside = share == 0 ? Double.POSITIVE_INFINITY : inside.length / share;
    double byOutside = share == 1 ? Double.POSITIVE_INFINITY : outside.length / (1 - share);
    long total = (long) Math.floor(Math.min(byInside, byOutside) + ROUNDING);
    int kept = (int) Math.min(inside.length, Math.round(share * total));
    int others = (int) Math.min(outside.length, total - kept);
    SplittableRandom random = Seeds.generator(seed, "resample", 0);
    int[] rows =
        IntStream.concat(
                Arrays.stream(shuffled(inside, random), 0, kept),
                Arrays.stream(shuffled(outside, random), 0, others))
            .sorted()
            .toArray();
    return new Samples(rows(rows), dim, source);
  }

  static int[] shuffled(int[] rows, SplittableRandom random) {
    int[] shuffled = rows.clone();
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = row;
    }
    return shuffled;
  }

  private void checkAvailable(int rows) {
    if (rows < 0 || rows > count()) {
      throw new IllegalArgumentException(rows + " samples wanted of " + count());
    }
  }

  private void checkMarks(boolean[] marks) {
    if (marks.length != count()) {
      throw new IllegalArgumentException(marks.length + " marks for " + count() + " samples");
    }
  }
}
