package org.flowexp.statistics;

/**
 * How often each row of a weighted pool is taken, so that the rows taken have equal weights:
 * Kitagawa's systematic resampling (J. Comput. Graph. Stat. 5 (1996) 1–25, appendix). Points (k +
 * offset)/draws, k = 0 … draws − 1, fall on the pool laid end to end by weight; a row of the share
 * w of the weight is taken ⌊draws·w⌋ or ⌈draws·w⌉ times, draws·w on average over the offset.
 */
public final class SystematicResampling {
  private final double total;
  private final long draws;
  private final double offset;
  private double sum;
  private long taken;

  /**
   * Before the first row.
   *
   * @param total the sum of all weights, added in the order of the rows
   * @param offset uniform, above 0 and below 1
   */
  public SystematicResampling(double total, long draws, double offset) {
    if (!(total > 0) || Double.isInfinite(total) || !(offset > 0 && offset < 1)) {
      throw new IllegalArgumentException("total " + total + ", offset " + offset);
    }
    this.total = total;
    this.draws = draws;
    this.offset = offset;
  }

  /** How often the next row is taken. */
  public long copies(double weight) {
    sum += weight;
    long until = (long) Math.ceil((double) draws * (sum / total) - offset);
    long copies = Math.max(0, Math.min(draws, until) - taken);
    taken += copies;
    return copies;
  }
}
