package org.flowexp.statistics;

/**
 * Sums over weights that come one by one, given by their logarithms r; what is not a number, or −∞,
 * has the weight 0 and counts, as in {@link LogWeights}.
 *
 * <p>The sums are taken relative to the largest weight so far, so nothing overflows.
 */
public final class WeightSum {
  private double top = Double.NEGATIVE_INFINITY;
  private double sum;
  private double squares;
  private long count;

  /** One more weight. */
  public void add(double r) {
    count++;
    if (Double.isNaN(r) || r == Double.NEGATIVE_INFINITY) {
      return;
    }
    if (r > top) {
      double scale = Math.exp(top - r);
      sum *= scale;
      squares *= scale * scale;
      top = r;
    }
    double w = Math.exp(r - top);
    sum += w;
    squares += w * w;
  }

  /** How many there were. */
  public long count() {
    return count;
  }

  /** log of the largest weight; −∞ if none is above zero. */
  public double top() {
    return top;
  }

  /** log((1/n) Σ e^r): the estimate of log Z. */
  public double logMean() {
    return top + Math.log(sum) - Math.log((double) count);
  }

  /** Kish's (Σw)²/Σw², a number of samples; 0 if no row has weight. */
  public double effectiveSampleSize() {
    return squares == 0 ? 0 : sum * sum / squares;
  }
}
