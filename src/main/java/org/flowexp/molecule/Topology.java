package org.flowexp.molecule;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Which atoms there are and which belong together; what {@link ForceField} has parameters for.
 *
 * @param crossTerms the two dihedral angles of each correction map
 */
public record Topology(
    String name,
    List<Atom> atoms,
    List<Couple> bonds,
    List<Triple> angles,
    List<Quadruple> torsions,
    List<Quadruple> impropers,
    List<Cross> crossTerms) {
  /** Two dihedral angles that a correction map couples. */
  public record Cross(Quadruple first, Quadruple second) {}

  /** Copies the lists. */
  public Topology {
    atoms = List.copyOf(atoms);
    bonds = List.copyOf(bonds);
    angles = List.copyOf(angles);
    torsions = List.copyOf(torsions);
    impropers = List.copyOf(impropers);
    crossTerms = List.copyOf(crossTerms);
  }

  /** The number of atoms. */
  public int size() {
    return atoms.size();
  }

  /**
   * The place of the atom with this name.
   *
   * @throws IllegalArgumentException if there is none, or several
   */
  public int place(String atom) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < atoms.size(); i++) {
      if (atoms.get(i).name().equals(atom)) {
        places.add(i);
      }
    }
    if (places.size() != 1) {
      throw new IllegalArgumentException(places.size() + " atoms named " + atom + " in " + name);
    }
    return places.get(0);
  }

  /** The atoms bonded to each, in ascending order. */
  public List<List<Integer>> neighbours() {
    List<TreeSet<Integer>> sets = new ArrayList<>();
    atoms.forEach(atom -> sets.add(new TreeSet<>()));
    for (Couple bond : bonds) {
      sets.get(bond.i()).add(bond.j());
      sets.get(bond.j()).add(bond.i());
    }
    return sets.stream().map(List::copyOf).toList();
  }
}
