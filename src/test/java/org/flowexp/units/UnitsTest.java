package org.flowexp.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the printed values of CODATA 2018, to the digits printed. */
class UnitsTest {

  private static double factor(String symbol) {
    return Units.find(symbol).orElseThrow().factor();
  }

  private static void assertRelative(double expected, double actual, double tolerance) {
    assertEquals(1, actual / expected, tolerance);
  }

  @Test
  void molarConstantsAreThoseOfCodata() {
    // NIST, "Fundamental physical constants, complete listing", 2018 adjustment.
    assertRelative(8.314462618e-3, Constants.BOLTZMANN, 1e-9); // molar gas constant
    assertRelative(1.380649e-23 * 6.02214076e23 * 1e-3, Constants.BOLTZMANN, 1e-15);
    assertRelative(96485.33212e-3, factor("eV"), 1e-10); // Faraday constant × 1 V, in kJ/mol
  }

  @Test
  void theCoulombConstantFollowsFromHartreeAndBohr() {
    // e²/(4π ε₀) = E_h a_0, another pair of printed values
    double hartree = 4.3597447222071e-18; // J
    double bohr = 5.29177210903e-11; // m
    assertRelative(hartree * 1e-3 * Constants.AVOGADRO * bohr * 1e9, Constants.COULOMB, 1e-9);
    double vacuum =
        Math.pow(Constants.ELEMENTARY_CHARGE_COULOMB, 2)
            / (4 * Math.PI * Constants.VACUUM_PERMITTIVITY_FARAD_PER_METRE);
    assertRelative(vacuum * Constants.AVOGADRO * 1e6, Constants.COULOMB, 1e-14);
  }

  @Test
  void kilojoulePerMoleIsTheInternalEnergy() {
    assertEquals(1, factor("kJ") / factor("mol"));
    assertRelative(4.184, factor("kcal") / factor("mol"), 1e-15);
    assertRelative(1e-3, factor("J") / factor("mol"), 1e-15);
  }

  @Test
  void unitsOfMechanicsMultiplyToTheUnitOfEnergy() {
    double newtonMetre = factor("kg") * Math.pow(factor("m") / factor("s"), 2);
    assertRelative(factor("J"), newtonMetre, 1e-14);
    assertRelative(Constants.ATOMIC_MASS_KILOGRAM, factor("Da") / factor("kg"), 5e-10);
  }

  @Test
  void lengthsTimesAnglesAndSharesAreTheirPowersOfTen() {
    assertRelative(factor("m"), 1e10 * factor("angstrom"), 1e-15);
    assertRelative(factor("m"), 1e12 * factor("pm"), 1e-15);
    assertRelative(factor("s"), 1e15 * factor("fs"), 1e-15);
    assertRelative(factor("s"), 1e9 * factor("ns"), 1e-15);
    assertRelative(Math.PI, 180 * factor("deg"), 1e-15);
    assertEquals(0.05, 5 * factor("%"), 1e-17);
    assertEquals(factor("\u00c5"), factor("angstrom"));
    assertEquals(factor("\u212b"), factor("angstrom"));
  }

  @Test
  void thermalEnergyIsOneAmongReducedEnergiesAndNoEnergy() {
    assertEquals(1, factor("kT"));
    assertEquals(Dimension.NONE, Units.find("kT").orElseThrow().dimension());
    assertEquals(Optional.empty(), Units.find("KJ"));
  }

  @Test
  void suggestionsAreWrittenAsTheGrammarHasThem() {
    Dimension perLength = Dimension.ENERGY.per(Dimension.LENGTH);
    assertEquals(Optional.of("kJ/mol"), Units.suggestion(Dimension.ENERGY));
    assertEquals(Optional.of("kJ/mol/nm^2"), Units.suggestion(perLength.per(Dimension.LENGTH)));
    assertEquals(Optional.of("ps^-1"), Units.suggestion(Dimension.NONE.per(Dimension.TIME)));
    assertEquals(
        Optional.of("kJ^-1/mol^-1"), Units.suggestion(Dimension.NONE.per(Dimension.ENERGY)));
    assertEquals(Optional.of("nm/kJ/mol^-1"), Units.suggestion(Dimension.NONE.per(perLength)));
    assertEquals(Optional.empty(), Units.suggestion(Dimension.NONE));
    assertEquals(Optional.empty(), Units.suggestion(Dimension.LENGTH.power(0.5).orElseThrow()));
  }

  static Iterable<String> symbols() {
    return Units.symbols();
  }

  @ParameterizedTest
  @MethodSource("symbols")
  void everySymbolFindsItsUnitAndEveryDimensionHasASuggestion(String symbol) {
    Unit unit = Units.find(symbol).orElseThrow();
    assertEquals(symbol, unit.name());
    assertTrue(unit.dimension().isNone() || Units.suggestion(unit.dimension()).isPresent());
  }

  @Test
  void aUnitHasASize() {
    assertThrows(IllegalArgumentException.class, () -> new Unit("x", Dimension.NONE, 0));
    assertThrows(IllegalArgumentException.class, () -> new Unit("x", Dimension.NONE, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Unit("", Dimension.NONE, 1));
  }
}
