package org.flowexp.coordinates;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.flowexp.molecule.Couple;
import org.flowexp.molecule.Topology;

/**
 * The bonds between a carbonyl carbon (three neighbours, one of them an oxygen that has no other)
 * and a nitrogen of three neighbours: they hardly turn, and which way they are is part of what
 * molecule it is.
 */
final class AmideBonds {
  private final Topology topology;
  private final List<List<Integer>> neighbours;

  private AmideBonds(Topology topology) {
    this.topology = topology;
    this.neighbours = topology.neighbours();
  }

  /** Carbon and nitrogen of each. */
  static Set<Couple> of(Topology topology) {
    AmideBonds bonds = new AmideBonds(topology);
    Set<Couple> found = new HashSet<>();
    for (Couple bond : topology.bonds()) {
      if (bonds.isAmide(bond.i(), bond.j())) {
        found.add(bond);
      } else if (bonds.isAmide(bond.j(), bond.i())) {
        found.add(new Couple(bond.j(), bond.i()));
      }
    }
    return found;
  }

  private boolean isAmide(int carbon, int nitrogen) {
    return is(carbon, "C")
        && is(nitrogen, "N")
        && neighbours.get(carbon).size() == 3
        && neighbours.get(nitrogen).size() == 3
        && IntStream.range(0, 3)
            .map(i -> neighbours.get(carbon).get(i))
            .anyMatch(other -> is(other, "O") && neighbours.get(other).size() == 1);
  }

  private boolean is(int atom, String element) {
    return topology.atoms().get(atom).element().equals(element);
  }
}
