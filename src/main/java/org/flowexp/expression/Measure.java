package org.flowexp.expression;

import java.util.Arrays;
import java.util.Optional;
import org.flowexp.units.Dimension;

/** What is measured between atoms. */
public enum Measure {
  /** |x_j − x_i|, nm. */
  DISTANCE("distance", 2),
  /** At the second of three atoms, from 0 to π. */
  ANGLE("angle", 3),
  /** From −π to π, cis 0, positive clockwise (IUPAC). */
  DIHEDRAL("dihedral", 4);

  private final String word;
  private final int atoms;

  Measure(String word, int atoms) {
    this.word = word;
    this.atoms = atoms;
  }

  /** How the language writes it. */
  public String word() {
    return word;
  }

  /** The number of atoms it takes. */
  public int atoms() {
    return atoms;
  }

  /** Of its value. */
  public Dimension dimension() {
    return this == DISTANCE ? Dimension.LENGTH : Dimension.ANGLE;
  }

  /** The measure with this word. */
  public static Optional<Measure> of(String word) {
    return Arrays.stream(values()).filter(measure -> measure.word.equals(word)).findFirst();
  }

  /**
   * Of these atoms in one configuration.
   *
   * @param x positions, three numbers for each atom, from {@code at}
   */
  double of(double[] x, int at, int[] places) {
    return switch (this) {
      case DISTANCE -> norm(arm(x, at, places[0], places[1]));
      case ANGLE -> {
        double[] u = arm(x, at, places[1], places[0]);
        double[] v = arm(x, at, places[1], places[2]);
        yield Math.atan2(norm(cross(u, v)), dot(u, v));
      }
      case DIHEDRAL -> {
        double[] first = arm(x, at, places[0], places[1]);
        double[] axis = arm(x, at, places[1], places[2]);
        double[] normal = cross(axis, arm(x, at, places[2], places[3]));
        yield Math.atan2(norm(axis) * dot(first, normal), dot(cross(first, axis), normal));
      }
    };
  }

  private static double[] arm(double[] x, int at, int from, int to) {
    double[] arm = new double[3];
    Arrays.setAll(arm, axis -> x[at + 3 * to + axis] - x[at + 3 * from + axis]);
    return arm;
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }
}
