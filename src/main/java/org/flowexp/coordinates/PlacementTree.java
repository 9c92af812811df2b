package org.flowexp.coordinates;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.molecule.Topology;
import org.flowexp.molecule.TreeRow;

/**
 * The order in which atoms are placed. Of the atoms that turn about one bond together the first
 * alone has a torsion; its siblings have the dihedral angle from it about the same bond, so one
 * coordinate turns them all.
 *
 * @param rows as many as atoms, each atom once; references point to earlier rows
 */
public record PlacementTree(List<TreeRow> rows) {
  /** Checks that each atom is placed once, by atoms placed before it. */
  public PlacementTree {
    rows = List.copyOf(rows);
    Set<Integer> placed = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      TreeRow row = rows.get(i);
      List<Integer> references =
          List.of(row.distanceTo(), row.angleTo(), row.torsionTo()).subList(0, Math.min(i, 3));
      if (!placed.containsAll(references)
          || new HashSet<>(references).size() != references.size()
          || !placed.add(row.atom())) {
        throw new IllegalArgumentException("row " + i + " cannot be placed: " + row);
      }
    }
    if (rows.size() < 4 || !placed.equals(range(rows.size()))) {
      throw new IllegalArgumentException("a tree of " + rows.size() + " rows for " + placed);
    }
  }

  private static Set<Integer> range(int size) {
    Set<Integer> all = new HashSet<>();
    for (int i = 0; i < size; i++) {
      all.add(i);
    }
    return all;
  }

  /** A written tree, later siblings referred to the first. */
  public static PlacementTree written(List<TreeRow> rows) {
    Map<List<Integer>, Integer> firsts = new LinkedHashMap<>();
    List<TreeRow> referred = new ArrayList<>();
    for (TreeRow row : rows) {
      if (row.torsionTo() < 0) {
        referred.add(row);
        continue;
      }
      Integer first = firsts.putIfAbsent(List.of(row.distanceTo(), row.angleTo()), row.atom());
      referred.add(
          first == null ? row : new TreeRow(row.atom(), row.distanceTo(), row.angleTo(), first));
    }
    return new PlacementTree(referred);
  }

  /**
   * A tree along the bonds, heavy atoms before hydrogens.
   *
   * @throws IllegalArgumentException if the molecule is not connected or no three atoms are bonded
   *     in a row
   */
  public static PlacementTree of(Topology topology) {
    return new Growth(topology).tree();
  }

  /**
   * Whether a row's dihedral is a torsion, the reference's end not bonded to the row's own bond.
   */
  boolean isTurn(TreeRow row) {
    return row.torsionTo() >= 0
        && rows.stream().noneMatch(other -> bonds(other, row.distanceTo(), row.torsionTo()));
  }

  private static boolean bonds(TreeRow row, int a, int b) {
    return (row.atom() == a && row.distanceTo() == b) || (row.atom() == b && row.distanceTo() == a);
  }

  /** A tree while it grows. */
  private static final class Growth {
    private final Topology topology;
    private final List<List<Integer>> neighbours;
    private final List<TreeRow> rows = new ArrayList<>();
    private final Set<Integer> placed = new HashSet<>();

    Growth(Topology topology) {
      this.topology = topology;
      this.neighbours = topology.neighbours();
    }

    PlacementTree tree() {
      start();
      while (rows.size() < topology.size()) {
        Optional<TreeRow> next = next(true).or(() -> next(false));
        add(next.orElseThrow(() -> new IllegalArgumentException("not one connected molecule")));
      }
      return written(rows);
    }

    private void add(TreeRow row) {
      rows.add(row);
      placed.add(row.atom());
    }

    private void start() {
      for (int middle = 0; middle < topology.size(); middle++) {
        List<Integer> heavy = neighbours.get(middle).stream().filter(this::isHeavy).toList();
        List<Integer> ends = heavy.size() >= 2 ? heavy : neighbours.get(middle);
        if (isHeavy(middle) && ends.size() >= 2 && (heavy.size() >= 2 || heavyAtoms() < 3)) {
          add(new TreeRow(middle, -1, -1, -1));
          add(new TreeRow(ends.get(0), middle, -1, -1));
          add(new TreeRow(ends.get(1), middle, ends.get(0), -1));
          return;
        }
      }
      throw new IllegalArgumentException("no three atoms bonded in a row");
    }

    private long heavyAtoms() {
      return topology.atoms().stream().filter(atom -> !atom.element().equals("H")).count();
    }

    private boolean isHeavy(int atom) {
      return !topology.atoms().get(atom).element().equals("H");
    }

    private Optional<TreeRow> next(boolean heavy) {
      for (TreeRow row : List.copyOf(rows)) {
        int near = row.atom();
        for (int atom : neighbours.get(near)) {
          if (!placed.contains(atom) && isHeavy(atom) == heavy) {
            return Optional.of(place(atom, near));
          }
        }
      }
      return Optional.empty();
    }

    /**
     * By the angle to a sibling where one is placed, so that each bond turns once; else a torsion.
     */
    private TreeRow place(int atom, int near) {
      List<Integer> middles = placedNeighbours(near);
      int middle = middles.get(0);
      int end =
          middles.size() > 1
              ? middles.get(1)
              : placedNeighbours(middle).stream()
                  .filter(other -> other != near)
                  .findFirst()
                  .orElseThrow();
      return new TreeRow(atom, near, middle, end);
    }

    /** In the order they were placed. */
    private List<Integer> placedNeighbours(int atom) {
      return rows.stream().map(TreeRow::atom).filter(neighbours.get(atom)::contains).toList();
    }
  }
}
