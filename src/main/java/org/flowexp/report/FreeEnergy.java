package org.flowexp.report;

import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.run.Figure;

/** −kT ln p of shares p, above the lowest (PHYSICS §6). */
record FreeEnergy(double thermalEnergy) {
  /** How many levels a scale has. */
  static final int LEVELS = 10;

  private static final double LEAST_LEVEL = 0.75;

  /** NaN where there is no share. */
  double[] of(List<Double> shares) {
    double most = shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return shares.stream()
        .mapToDouble(share -> share > 0 ? thermalEnergy * Math.log(most / share) : Double.NaN)
        .toArray();
  }

  /** By the delta method, kT δp/p. */
  double[] errors(List<Double> shares, List<Double> errors) {
    return IntStream.range(0, errors.size())
        .mapToDouble(
            i -> shares.get(i) > 0 ? thermalEnergy * errors.get(i) / shares.get(i) : Double.NaN)
        .toArray();
  }

  /** The width of a level: 1, 2 or 5 times a power of ten, three quarters of kT or more. */
  double level() {
    return Frame.step(LEAST_LEVEL * thermalEnergy);
  }

  /** Where a scale ends. */
  double cap() {
    return LEVELS * level();
  }

  static FreeEnergy of(Figure figure) {
    return new FreeEnergy(figure.thermalEnergy());
  }
}
