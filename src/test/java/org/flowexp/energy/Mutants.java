package org.flowexp.energy;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.molecule.Angle;
import org.flowexp.molecule.Bond;
import org.flowexp.molecule.CorrectionMap;
import org.flowexp.molecule.ForceField;
import org.flowexp.molecule.Improper;
import org.flowexp.molecule.Pair;
import org.flowexp.molecule.Torsion;

/** Force fields with one mistake each. */
final class Mutants {
  private Mutants() {}

  static List<ForceField> of(ForceField f) {
    List<Bond> bonds = f.bonds().stream().map(Mutants::half).toList();
    List<Bond> ends = f.ureyBradley().stream().map(Mutants::half).toList();
    List<Angle> angles =
        f.angles().stream()
            .map(a -> new Angle(a.i(), a.j(), a.k(), a.angle(), a.stiffness() / 2))
            .toList();
    List<Torsion> torsions =
        f.torsions().stream()
            .map(t -> new Torsion(t.atoms(), t.periodicity(), t.phase() + Math.PI, t.stiffness()))
            .toList();
    List<Improper> impropers =
        f.impropers().stream()
            .map(i -> new Improper(i.atoms(), i.angle(), i.stiffness() / 2))
            .toList();
    List<CorrectionMap> maps = f.maps().stream().map(Mutants::transposed).toList();
    List<Pair> sigma = f.pairs().stream().map(Mutants::sigma).toList();
    List<Pair> unscaled = f.pairs14().stream().map(Mutants::sigma).toList();
    return List.of(
        new ForceField(
            bonds,
            f.ureyBradley(),
            f.angles(),
            f.torsions(),
            f.impropers(),
            f.maps(),
            f.crossTerms(),
            f.pairs(),
            f.pairs14()),
        new ForceField(
            f.bonds(),
            ends,
            f.angles(),
            f.torsions(),
            f.impropers(),
            f.maps(),
            f.crossTerms(),
            f.pairs(),
            f.pairs14()),
        new ForceField(
            f.bonds(),
            f.ureyBradley(),
            angles,
            f.torsions(),
            f.impropers(),
            f.maps(),
            f.crossTerms(),
            f.pairs(),
            f.pairs14()),
        new ForceField(
            f.bonds(),
            f.ureyBradley(),
            f.angles(),
            torsions,
            f.impropers(),
            f.maps(),
            f.crossTerms(),
            f.pairs(),
            f.pairs14()),
        new ForceField(
            f.bonds(),
            f.ureyBradley(),
            f.angles(),
            f.torsions(),
            impropers,
            f.maps(),
            f.crossTerms(),
            f.pairs(),
            f.pairs14()),
        new ForceField(
            f.bonds(),
            f.ureyBradley(),
            f.angles(),
            f.torsions(),
            f.impropers(),
            maps,
            f.crossTerms(),
            f.pairs(),
            f.pairs14()),
        new ForceField(
            f.bonds(),
            f.ureyBradley(),
            f.angles(),
            f.torsions(),
            f.impropers(),
            f.maps(),
            f.crossTerms(),
            sigma,
            f.pairs14()),
        new ForceField(
            f.bonds(),
            f.ureyBradley(),
            f.angles(),
            f.torsions(),
            f.impropers(),
            f.maps(),
            f.crossTerms(),
            f.pairs(),
            unscaled));
  }

  private static Bond half(Bond b) {
    return new Bond(b.i(), b.j(), b.length(), b.stiffness() / 2);
  }

  /** σ for R. */
  private static Pair sigma(Pair p) {
    return new Pair(p.i(), p.j(), p.charges(), p.depth(), p.distance() / Math.pow(2, 1.0 / 6));
  }

  private static CorrectionMap transposed(CorrectionMap map) {
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i < map.size(); i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 0; j < map.size(); j++) {
        row.add(map.energy().get(j).get(i));
      }
      rows.add(row);
    }
    return new CorrectionMap(rows);
  }
}
