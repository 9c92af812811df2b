package org.flowexp.molecule;

/**
 * k (1 + cos(n φ − δ)), φ the dihedral angle (cis 0, positive clockwise; IUPAC). Several on the
 * same atoms add up.
 *
 * @param periodicity n, at least 1
 * @param phase δ, rad
 * @param stiffness k, kJ/mol
 */
public record Torsion(Quadruple atoms, int periodicity, double phase, double stiffness) {
  /** Checks the periodicity. */
  public Torsion {
    if (periodicity < 1) {
      throw new IllegalArgumentException("a torsion of periodicity " + periodicity);
    }
  }
}
