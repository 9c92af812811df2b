package org.flowexp.molecule;

import java.util.List;

/**
 * A periodic energy on a square grid of two dihedral angles (MacKerell, Feig and Brooks, J. Comput.
 * Chem. 25, 1400 (2004)).
 *
 * @param energy kJ/mol at (−π + 2π i/n, −π + 2π j/n); i is φ, j is ψ
 */
public record CorrectionMap(List<List<Double>> energy) {
  /** Checks that it is square. */
  public CorrectionMap {
    energy = energy.stream().map(List::copyOf).toList();
    int size = energy.size();
    if (size < 3 || energy.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException("a correction map that is not square");
    }
  }

  /** n, the number of points along an axis. */
  public int size() {
    return energy.size();
  }
}
