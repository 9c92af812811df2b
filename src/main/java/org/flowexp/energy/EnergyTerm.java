package org.flowexp.energy;

/** A contribution to a molecule's energy that is reported on its own. */
public enum EnergyTerm {
  /** k (r − r₀)² of bonded atoms. */
  BOND("bond"),
  /** k (r − r₀)² of the ends of an angle. */
  UREY_BRADLEY("urey_bradley"),
  /** k (θ − θ₀)². */
  ANGLE("angle"),
  /** k (1 + cos(n φ − δ)). */
  TORSION("torsion"),
  /** k (ψ − ψ₀)². */
  IMPROPER("improper"),
  /** Correction maps on two dihedral angles. */
  CMAP("cmap"),
  /** Lennard-Jones of atoms four or more bonds apart. */
  LENNARD_JONES("lj"),
  /** Lennard-Jones of atoms three bonds apart. */
  LENNARD_JONES_14("lj14"),
  /** Coulomb of atoms four or more bonds apart. */
  COULOMB("coulomb"),
  /** Coulomb of atoms three bonds apart. */
  COULOMB_14("coulomb14");

  private final String word;

  EnergyTerm(String word) {
    this.word = word;
  }

  /** Its name in files. */
  public String word() {
    return word;
  }

  /** Whether it acts through space, so that a clash makes it as large as one likes. */
  public boolean isNonbonded() {
    return switch (this) {
      case LENNARD_JONES, LENNARD_JONES_14, COULOMB, COULOMB_14 -> true;
      case BOND, UREY_BRADLEY, ANGLE, TORSION, IMPROPER, CMAP -> false;
    };
  }
}
