package org.flowexp.molecule;

import java.util.List;

/**
 * The energy of one molecule as a sum of terms, in CHARMM's convention: no factor ½ anywhere.
 *
 * @param bonds between bonded atoms
 * @param ureyBradley between the ends of an angle
 * @param maps used by {@code crossTerms}
 * @param pairs atoms four or more bonds apart
 * @param pairs14 atoms three bonds apart, with parameters of their own
 */
public record ForceField(
    List<Bond> bonds,
    List<Bond> ureyBradley,
    List<Angle> angles,
    List<Torsion> torsions,
    List<Improper> impropers,
    List<CorrectionMap> maps,
    List<CrossTerm> crossTerms,
    List<Pair> pairs,
    List<Pair> pairs14) {
  /** Copies the terms. */
  public ForceField {
    bonds = List.copyOf(bonds);
    ureyBradley = List.copyOf(ureyBradley);
    angles = List.copyOf(angles);
    torsions = List.copyOf(torsions);
    impropers = List.copyOf(impropers);
    maps = List.copyOf(maps);
    crossTerms = List.copyOf(crossTerms);
    pairs = List.copyOf(pairs);
    pairs14 = List.copyOf(pairs14);
  }
}
