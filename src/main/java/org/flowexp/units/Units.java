package org.flowexp.units;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The units of the language, by symbol.
 *
 * <p>A mole is a pure number, so kJ/mol is 1 and a bare kJ is N_A of it. A gram per mole is 1 as
 * well, which keeps u nm²/ps² = kJ/mol exact; the dalton agrees with it to 3.5e-10 (CODATA 2018
 * molar mass constant). Reduced energies, u = U/kT, are plain numbers, so kT is 1: the size of an
 * energy in kT at a temperature T is kB * T.
 */
public final class Units {

  private static final double CALORIE_IN_JOULE = 4.184; // thermochemical calorie, exact
  private static final double JOULE = Constants.AVOGADRO * 1e-3;
  private static final Map<String, Unit> BY_SYMBOL = table();

  private Units() {}

  /** The unit with this symbol; case matters. */
  public static Optional<Unit> find(String symbol) {
    return Optional.ofNullable(BY_SYMBOL.get(symbol));
  }

  /** All symbols, grouped by dimension. */
  public static Set<String> symbols() {
    return BY_SYMBOL.keySet();
  }

  /**
   * How a quantity of this dimension is usually written, such as {@code kJ/mol/nm^2}; empty for a
   * plain number and for dimensions with fractional exponents.
   */
  public static Optional<String> suggestion(Dimension dimension) {
    return Factors.of(dimension).symbols();
  }

  private static Map<String, Unit> table() {
    Map<String, Unit> table = new LinkedHashMap<>();
    for (Unit unit : all()) {
      table.put(unit.name(), unit);
    }
    return Collections.unmodifiableMap(table);
  }

  private static List<Unit> all() {
    return List.of(
        new Unit("kJ", Dimension.ENERGY, Constants.AVOGADRO),
        new Unit("kcal", Dimension.ENERGY, Constants.AVOGADRO * CALORIE_IN_JOULE),
        new Unit("J", Dimension.ENERGY, JOULE),
        new Unit("eV", Dimension.ENERGY, JOULE * Constants.ELEMENTARY_CHARGE_COULOMB),
        new Unit("kT", Dimension.NONE, 1),
        new Unit("mol", Dimension.NONE, Constants.AVOGADRO),
        new Unit("K", Dimension.TEMPERATURE, 1),
        new Unit("nm", Dimension.LENGTH, 1),
        new Unit("\u00c5", Dimension.LENGTH, 0.1), // letter A with ring
        new Unit("\u212b", Dimension.LENGTH, 0.1), // angstrom sign, the same glyph
        new Unit("angstrom", Dimension.LENGTH, 0.1),
        new Unit("pm", Dimension.LENGTH, 1e-3),
        new Unit("m", Dimension.LENGTH, 1e9),
        new Unit("ps", Dimension.TIME, 1),
        new Unit("fs", Dimension.TIME, 1e-3),
        new Unit("ns", Dimension.TIME, 1e3),
        new Unit("s", Dimension.TIME, 1e12),
        new Unit("u", Dimension.MASS, 1),
        new Unit("Da", Dimension.MASS, 1),
        new Unit("g", Dimension.MASS, Constants.AVOGADRO),
        new Unit("kg", Dimension.MASS, Constants.AVOGADRO * 1e3),
        new Unit("e", Dimension.CHARGE, 1),
        new Unit("deg", Dimension.ANGLE, Math.PI / 180),
        new Unit("rad", Dimension.ANGLE, 1),
        new Unit("steps", Dimension.STEPS, 1),
        new Unit("step", Dimension.STEPS, 1),
        new Unit("samples", Dimension.SAMPLES, 1),
        new Unit("sample", Dimension.SAMPLES, 1),
        new Unit("energy_evals", Dimension.ENERGY_EVALS, 1),
        new Unit("%", Dimension.NONE, 0.01));
  }
}
