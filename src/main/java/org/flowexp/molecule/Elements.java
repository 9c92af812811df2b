package org.flowexp.molecule;

import java.util.Map;
import java.util.Optional;

/** Which element an atom is; structure files give its mass alone. */
final class Elements {
  /** Standard atomic weights, IUPAC 2021, in Da. */
  private static final Map<String, Double> WEIGHTS =
      Map.ofEntries(
          Map.entry("H", 1.008),
          Map.entry("He", 4.0026),
          Map.entry("Li", 6.94),
          Map.entry("B", 10.81),
          Map.entry("C", 12.011),
          Map.entry("N", 14.007),
          Map.entry("O", 15.999),
          Map.entry("F", 18.998),
          Map.entry("Na", 22.990),
          Map.entry("Mg", 24.305),
          Map.entry("Si", 28.085),
          Map.entry("P", 30.974),
          Map.entry("S", 32.06),
          Map.entry("Cl", 35.45),
          Map.entry("K", 39.098),
          Map.entry("Ca", 40.078),
          Map.entry("Fe", 55.845),
          Map.entry("Zn", 65.38),
          Map.entry("Br", 79.904),
          Map.entry("I", 126.90));

  private static final double TOLERANCE = 0.15;

  private Elements() {}

  /** The element of this mass, Da. */
  static Optional<String> ofMass(double mass) {
    return WEIGHTS.entrySet().stream()
        .filter(weight -> Math.abs(weight.getValue() - mass) < TOLERANCE)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
