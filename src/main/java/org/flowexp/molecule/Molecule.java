package org.flowexp.molecule;

import java.util.List;

/**
 * A molecule with its parameters.
 *
 * @param tree how its atoms are placed one after the other
 * @param minimum positions [atoms][3] of lowest energy, nm
 */
public record Molecule(
    Topology topology, ForceField forceField, List<TreeRow> tree, List<List<Double>> minimum) {
  /** Copies the lists. */
  public Molecule {
    tree = List.copyOf(tree);
    minimum = minimum.stream().map(List::copyOf).toList();
  }
}
