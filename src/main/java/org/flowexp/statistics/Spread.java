package org.flowexp.statistics;

import java.util.Locale;

/**
 * A sample in two numbers, as people write them: {@code 0.0124 ± 0.0031}.
 *
 * @param deviation the standard deviation over n − 1; NaN below two values
 */
public record Spread(double mean, double deviation) {
  private static final int DIGITS = 3;
  private static final double NEGLIGIBLE = 1e-6;

  /** The mean and the standard deviation of a sample. */
  public static Spread of(double[] values) {
    return new Spread(Moments.mean(values), Moments.standardDeviation(values));
  }

  /** The mean to three significant digits, both to the same place after the point. */
  public String text() {
    if (Double.isNaN(deviation)) {
      return figure(mean);
    }
    int exponent = exponent(Math.max(Math.abs(mean), deviation));
    if (deviation > NEGLIGIBLE * Math.abs(mean)) {
      // A small deviation keeps its first digit.
      exponent = Math.min(exponent, exponent(deviation) + DIGITS - 1);
    }
    return write(mean, exponent) + " ± " + write(deviation, exponent);
  }

  /** A number to three significant digits. */
  public static String figure(double value) {
    return write(value, exponent(value));
  }

  private static int exponent(double value) {
    double size = Math.abs(value);
    if (size == 0 || Double.isNaN(size) || Double.isInfinite(size)) {
      return 0;
    }
    // Through the text, which rounds: 0.9996 is 1.00.
    String scientific = String.format(Locale.ROOT, "%." + (DIGITS - 1) + "e", size);
    return Integer.parseInt(scientific.substring(scientific.indexOf('e') + 1));
  }

  private static String write(double value, int exponent) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    if (exponent < -4 || exponent > 6) {
      return String.format(Locale.ROOT, "%." + (DIGITS - 1) + "e", value);
    }
    int places = Math.max(0, DIGITS - 1 - exponent);
    return String.format(Locale.ROOT, "%." + places + "f", value);
  }
}
