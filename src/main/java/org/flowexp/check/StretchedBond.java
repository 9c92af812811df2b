package org.flowexp.check;

import java.util.Optional;
import org.flowexp.data.Samples;
import org.flowexp.molecule.Couple;
import org.flowexp.molecule.Topology;

/**
 * A bond of a length that no molecule has: a sign of positions in another unit, of atoms in another
 * order, or of a molecule that is cut by the walls of its box.
 *
 * @param row of the samples, from 0
 * @param length nm
 */
record StretchedBond(int row, String first, String second, double length) {
  /** Hydrogen, the shortest, has 0.074 nm, and iodine 0.267; far beyond either no atoms bond. */
  private static final double SHORTEST = 0.03;

  private static final double LONGEST = 0.5;

  boolean isLong() {
    return length > LONGEST;
  }

  /**
   * The first there is.
   *
   * @param samples positions of the topology's atoms
   */
  static Optional<StretchedBond> of(Topology topology, Samples samples) {
    double[] x = samples.values();
    for (int row = 0; row < samples.count(); row++) {
      for (Couple bond : topology.bonds()) {
        double length = distance(x, row * samples.dim(), bond);
        if (length < SHORTEST || length > LONGEST) {
          return Optional.of(
              new StretchedBond(
                  row,
                  topology.atoms().get(bond.i()).name(),
                  topology.atoms().get(bond.j()).name(),
                  length));
        }
      }
    }
    return Optional.empty();
  }

  private static double distance(double[] x, int at, Couple bond) {
    double square = 0;
    for (int axis = 0; axis < 3; axis++) {
      double difference = x[at + 3 * bond.i() + axis] - x[at + 3 * bond.j() + axis];
      square += difference * difference;
    }
    return Math.sqrt(square);
  }
}
