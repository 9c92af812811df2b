package org.flowexp.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Weight per equal bin between two ends, as shares of all weight, what fell outside included.
 *
 * @param low left end of the first bin
 * @param high right end of the last bin, inside it
 * @param shares weight in each bin over all weight
 */
public record Histogram(double low, double high, List<Double> shares) {

  /** Copies the shares. */
  public Histogram {
    shares = List.copyOf(shares);
  }

  /** Of values with weights that need not be normalised. */
  public static Histogram of(double[] values, double[] weights, double low, double high, int bins) {
    if (values.length != weights.length || !(low < high) || bins < 1) {
      throw new IllegalArgumentException("no histogram of this shape");
    }
    double[] shares = new double[bins];
    double total = Arrays.stream(weights).sum();
    for (int i = 0; i < values.length; i++) {
      if (values[i] >= low && values[i] <= high) {
        int bin = (int) ((values[i] - low) / (high - low) * bins);
        shares[Math.min(bin, bins - 1)] += weights[i] / total;
      }
    }
    return new Histogram(low, high, Arrays.stream(shares).boxed().toList());
  }

  /** ½ Σ|p − q| of two distributions over the same outcomes. */
  public static double totalVariation(double[] p, double[] q) {
    if (p.length != q.length) {
      throw new IllegalArgumentException(p.length + " against " + q.length + " outcomes");
    }
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += Math.abs(p[i] - q[i]);
    }
    return sum / 2;
  }
}
