package org.flowexp.marginal;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The probability of a mode under another target, from samples of which some have weights: P′ = f
 * w₁/(f w₁ + (1 − f) w₀), f the share of all samples in the mode, w₁ and w₀ the mean weights inside
 * and outside. So the chains need not agree on f to tell how the mode's weight changes. Errors come
 * from leaving out blocks of neighbouring samples (jackknife; ADR 15).
 *
 * @param inside of all samples, in the order they were drawn
 * @param rows those that have weights, ascending
 * @param logWeights one for each of {@code rows}; −∞ for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once
public record ModeShift(boolean[] inside, int[] rows, double[] logWeights) {
  private static final int BLOCKS = 32;

  /** A number and its standard error. */
  public record Estimate(double value, double error) {}

  /** Checks the lengths. */
  public ModeShift {
    if (rows.length != logWeights.length || inside.length < BLOCKS) {
      throw new IllegalArgumentException(
          logWeights.length + " weights of " + rows.length + " among " + inside.length);
    }
  }

  /** P of the samples as they are. */
  public Estimate probability() {
    return estimate(Sums::share);
  }

  /** P′. */
  public Estimate weighted() {
    return estimate(Sums::weighted);
  }

  /** P′/P. */
  public Estimate ratio() {
    return estimate(sums -> sums.weighted() / sums.share());
  }

  /** Kish's effective number of the weights inside, or outside. */
  public double effective(boolean which) {
    double[] logs =
        IntStream.range(0, rows.length)
            .filter(i -> inside[rows[i]] == which)
            .mapToDouble(i -> logWeights[i])
            .toArray();
    double top = Arrays.stream(logs).max().orElse(0);
    double sum = Arrays.stream(logs).map(log -> Math.exp(log - top)).sum();
    double squares = Arrays.stream(logs).map(log -> Math.exp(2 * (log - top))).sum();
    return sum * sum / squares;
  }

  private Estimate estimate(ToDoubleFunction<Sums> of) {
    double value = of.applyAsDouble(sums(block -> true));
    double squares = 0;
    for (int left = 0; left < BLOCKS; left++) {
      int without = left;
      double off = of.applyAsDouble(sums(block -> block != without)) - value;
      squares += off * off;
    }
    return new Estimate(value, Math.sqrt(squares * (BLOCKS - 1) / BLOCKS));
  }

  private Sums sums(IntPredicate kept) {
    double top = Arrays.stream(logWeights).max().orElse(0);
    double[] counts = new double[2];
    double[] weights = new double[2];
    double[] weighed = new double[2];
    for (int row = 0; row < inside.length; row++) {
      counts[inside[row] ? 1 : 0] += kept.test(block(row)) ? 1 : 0;
    }
    for (int i = 0; i < rows.length; i++) {
      if (kept.test(block(rows[i]))) {
        int side = inside[rows[i]] ? 1 : 0;
        weights[side] += Math.exp(logWeights[i] - top);
        weighed[side]++;
      }
    }
    return new Sums(
        counts[1] / (counts[0] + counts[1]), weights[1] / weighed[1], weights[0] / weighed[0]);
  }

  private int block(int row) {
    return (int) ((long) row * BLOCKS / inside.length);
  }

  /** The share inside, and the mean weights inside and outside. */
  private record Sums(double share, double inner, double outer) {
    double weighted() {
      return share * inner / (share * inner + (1 - share) * outer);
    }
  }
}
