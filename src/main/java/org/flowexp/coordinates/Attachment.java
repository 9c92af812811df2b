package org.flowexp.coordinates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.flowexp.molecule.Compound;
import org.flowexp.molecule.TreeRow;

/**
 * Some atoms of a molecule in the local frames of the others. Their coordinates y are m distances
 * (nm), m angles and m dihedrals (rad) in the order of the rows, d³ᵐx = Π r² sin θ dr dθ dφ.
 *
 * @param atoms N of the whole molecule
 * @param rows how each of the m atoms is placed, by atoms outside or by rows before
 */
public record Attachment(int atoms, List<TreeRow> rows) {
  private static final double BOND_SCALE = 2e-3;
  private static final double ANGLE_SCALE = 0.08;
  private static final double TURN_SCALE = 0.3;

  /** Checks that each row can be placed. */
  public Attachment {
    rows = List.copyOf(rows);
    Set<Integer> placed = new HashSet<>(outside(atoms, rows));
    for (TreeRow row : rows) {
      if (!placed.containsAll(List.of(row.distanceTo(), row.angleTo(), row.torsionTo()))
          || !placed.add(row.atom())) {
        throw new IllegalArgumentException("cannot be placed: " + row);
      }
    }
  }

  /**
   * The hydrogens of a molecule.
   *
   * @throws IllegalArgumentException if it has none, or heavy atoms are placed by hydrogens; the
   *     message says which
   */
  public static Attachment ofHydrogens(Compound compound) {
    PlacementTree tree = InternalLayout.of(compound).tree();
    List<TreeRow> rows =
        tree.rows().stream()
            .filter(row -> compound.topology().atoms().get(row.atom()).element().equals("H"))
            .toList();
    if (rows.isEmpty() || tree.rows().subList(0, 3).stream().anyMatch(rows::contains)) {
      throw new IllegalArgumentException(
          "`" + compound.topology().name() + "` has no hydrogens on three heavy atoms in a row");
    }
    return new Attachment(compound.topology().size(), rows);
  }

  private static List<Integer> outside(int atoms, List<TreeRow> rows) {
    List<Integer> placed = rows.stream().map(TreeRow::atom).toList();
    return IntStream.range(0, atoms).filter(atom -> !placed.contains(atom)).boxed().toList();
  }

  /** The other atoms, ascending. */
  public List<Integer> outside() {
    return outside(atoms, rows);
  }

  /** About the widths of wells of y at 300 K; those of torsions that turn are wider. */
  public double[] scales(List<Turn> turns) {
    int m = rows.size();
    double[] scales = new double[dim()];
    Arrays.fill(scales, 0, m, BOND_SCALE);
    Arrays.fill(scales, m, 3 * m, ANGLE_SCALE);
    turns.forEach(turn -> scales[2 * m + turn.first()] = TURN_SCALE);
    return scales;
  }

  /** The number of coordinates, 3m. */
  public int dim() {
    return 3 * rows.size();
  }

  /** y of one configuration [3N]; dihedrals within ±π. */
  public double[] measured(double[] x) {
    return measured(x, IntStream.range(0, rows.size()).toArray());
  }

  /** The same of some rows alone, [3 rows]. */
  public double[] measured(double[] x, int... some) {
    Geometry geometry = new Geometry(x);
    double[] y = new double[3 * some.length];
    for (int i = 0; i < some.length; i++) {
      TreeRow row = rows.get(some[i]);
      y[i] = geometry.distance(row.atom(), row.distanceTo());
      y[some.length + i] = geometry.angle(row.atom(), row.distanceTo(), row.angleTo());
      y[2 * some.length + i] =
          geometry.dihedral(row.torsionTo(), row.angleTo(), row.distanceTo(), row.atom());
    }
    return y;
  }

  /** ln Π r² sin θ at y [3m]. */
  public double logVolume(double[] y) {
    int m = rows.size();
    double sum = 0;
    for (int i = 0; i < m; i++) {
      sum += 2 * Math.log(y[i]) + Math.log(Math.sin(y[m + i]));
    }
    return sum;
  }

  /**
   * The groups of three attached atoms that turn about a bond together: each the places of its
   * rows, the one with the torsion first.
   *
   * @throws IllegalArgumentException if something else turns freely; the message says what
   */
  public List<Turn> turns(InternalLayout layout) {
    List<Turn> turns = new ArrayList<>();
    for (TreeRow free : layout.turning()) {
      int first = rows.indexOf(free);
      if (first < 0) {
        continue;
      }
      int[] siblings =
          IntStream.range(0, rows.size())
              .filter(i -> rows.get(i).torsionTo() == free.atom())
              .toArray();
      boolean alike =
          siblings.length == 2
              && IntStream.of(siblings)
                  .allMatch(i -> rows.get(i).distanceTo() == free.distanceTo());
      if (!alike) {
        throw new IllegalArgumentException(
            "atom " + free.atom() + " turns, and is no methyl group's");
      }
      turns.add(new Turn(first, siblings[0], siblings[1]));
    }
    return turns;
  }

  /** Three rows that turn together. */
  public record Turn(int first, int second, int third) {}
}
