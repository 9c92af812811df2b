package org.flowexp.sampler;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Multipliers of the temperature.
 *
 * @param temperatures ascending; the samples are of the first
 */
public record Ladder(List<Double> temperatures) {
  /** Copies the rungs. */
  public Ladder {
    temperatures = List.copyOf(temperatures);
  }

  /**
   * Rungs of equal ratio.
   *
   * @param rungs at least 1; a single rung is {@code from}
   */
  public static Ladder geometric(double from, double to, int rungs) {
    return new Ladder(
        IntStream.range(0, rungs)
            .mapToObj(i -> rungs == 1 ? from : from * Math.pow(to / from, i / (rungs - 1.0)))
            .toList());
  }
}
