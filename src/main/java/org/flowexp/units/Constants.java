package org.flowexp.units;

/**
 * Physical constants in internal units.
 *
 * <p>Source: CODATA 2018 (E. Tiesinga, P. J. Mohr, D. B. Newell, B. N. Taylor, Rev. Mod. Phys. 93,
 * 025010 (2021)). Since the SI of 2019 the Avogadro constant, the Boltzmann constant and the
 * elementary charge are exact.
 */
public final class Constants {

  /** Avogadro constant N_A in 1/mol; exact. */
  public static final double AVOGADRO = 6.02214076e23;

  /** Boltzmann constant, per mole (the gas constant R = N_A k), in kJ/mol/K; exact. */
  public static final double BOLTZMANN = 8.31446261815324e-3;

  /** Elementary charge e in coulomb; exact. */
  public static final double ELEMENTARY_CHARGE_COULOMB = 1.602176634e-19;

  /** Vacuum electric permittivity in F/m; relative standard uncertainty 1.5e-10. */
  public static final double VACUUM_PERMITTIVITY_FARAD_PER_METRE = 8.8541878128e-12;

  /** Atomic mass constant in kg; relative standard uncertainty 3.0e-10. */
  public static final double ATOMIC_MASS_KILOGRAM = 1.66053906660e-27;

  /** Coulomb constant N_A e²/(4π ε₀) in kJ nm/(mol e²), from the values above. */
  public static final double COULOMB = 138.93545764438198;

  private Constants() {}
}
