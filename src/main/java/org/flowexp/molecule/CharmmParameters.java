package org.flowexp.molecule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CHARMM parameter files say of atom types, in this program's units. */
final class CharmmParameters {
  /** Any type. */
  static final String ANY = "X";

  /** Of a bond: k and r₀; of an angle: k and θ₀. */
  record Spring(double stiffness, double rest) {}

  /** An angle and, where it has one, its Urey-Bradley term. */
  record Bend(Spring angle, Optional<Spring> ureyBradley) {}

  /** One component of a dihedral. */
  record Wave(double stiffness, int periodicity, double phase) {}

  /** ε ≥ 0 and Rmin/2, plain and for 1-4 pairs. */
  record Sphere(double depth, double half, double depth14, double half14) {}

  /** ε ≥ 0 and Rmin of a pair of types, plain and for 1-4 pairs. */
  record Fix(double depth, double distance, double depth14, double distance14) {}

  final Map<String, String> typesByNumber = new HashMap<>();
  final Map<List<String>, Spring> bonds = new HashMap<>();
  final Map<List<String>, Bend> angles = new HashMap<>();
  final Map<List<String>, List<Wave>> dihedrals = new HashMap<>();
  final Map<List<String>, Spring> impropers = new HashMap<>();
  final Map<List<String>, CorrectionMap> maps = new HashMap<>();
  final Map<String, Sphere> spheres = new HashMap<>();
  final Map<List<String>, Fix> fixes = new HashMap<>();
  double coulomb14 = 1;

  /** The same for types listed in either direction. */
  static List<String> key(List<String> types) {
    List<String> reversed = new ArrayList<>(types);
    Collections.reverse(reversed);
    return String.join(" ", types).compareTo(String.join(" ", reversed)) <= 0
        ? List.copyOf(types)
        : List.copyOf(reversed);
  }

  /** Written out, else with any ends. */
  Optional<List<Wave>> dihedral(List<String> types) {
    return first(dihedrals, List.of(types, List.of(ANY, types.get(1), types.get(2), ANY)));
  }

  /** In CHARMM's order: A B C D, A X X D, X B C D, X B C X, X X C D, each in both directions. */
  Optional<Spring> improper(List<String> t) {
    return first(
        impropers,
        List.of(
            t,
            List.of(t.get(0), ANY, ANY, t.get(3)),
            List.of(ANY, t.get(1), t.get(2), t.get(3)),
            List.of(t.get(0), t.get(1), t.get(2), ANY),
            List.of(ANY, t.get(1), t.get(2), ANY),
            List.of(ANY, ANY, t.get(2), t.get(3)),
            List.of(t.get(0), t.get(1), ANY, ANY)));
  }

  private static <T> Optional<T> first(Map<List<String>, T> map, List<List<String>> patterns) {
    return patterns.stream()
        .map(pattern -> Optional.ofNullable(map.get(key(pattern))))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
