package org.flowexp.coordinates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.molecule.Compound;
import org.flowexp.molecule.Couple;
import org.flowexp.molecule.TreeRow;

/**
 * What the internal coordinates of a molecule are, and their values in a configuration, without a
 * graph. Their order: N − 1 logarithms of distances, N − 2 angles, bounded dihedral angles,
 * torsions of any turn.
 *
 * <p>A dihedral is bounded if it is an angle to a sibling, about the same bond from the same atom:
 * within half a circle of the reference's sign, so that mirror images have no mass, or, where the
 * reference is planar, on the circle cut at 0, where atoms would lie on each other. A torsion is
 * bounded if it turns a held bond: within a quarter of a circle of the planar value that the
 * reference is near, trans or cis.
 */
public final class InternalLayout {
  /** A dihedral of the reference beyond it, of either sign, is planar. */
  private static final double PLANAR = Math.toRadians(150);

  /** About the widths of wells at 300 K, of ln r and of b with θ = π sigmoid(b). */
  private static final double BOND_WIDTH = 0.024;

  private static final double ANGLE_WIDTH = 0.11;

  private final PlacementTree tree;
  private final List<Double> lengths = new ArrayList<>();
  private final List<Double> middles = new ArrayList<>();
  private final List<Double> widths = new ArrayList<>();
  private final List<Integer> boundedRows = new ArrayList<>();
  private final List<Integer> circularRows = new ArrayList<>();
  private final List<Double> reference;

  InternalLayout(PlacementTree tree, double[] reference, Set<Couple> held) {
    if (reference.length != 3 * tree.rows().size()) {
      throw new IllegalArgumentException("a reference of " + reference.length + " numbers");
    }
    this.tree = tree;
    Geometry geometry = new Geometry(reference);
    for (int i = 1; i < tree.rows().size(); i++) {
      TreeRow row = tree.rows().get(i);
      lengths.add(geometry.distance(row.atom(), row.distanceTo()));
      if (i >= 3) {
        dihedral(geometry, i, held);
      }
    }
    this.reference = latentOf(geometry);
  }

  private void dihedral(Geometry geometry, int place, Set<Couple> held) {
    TreeRow row = tree.rows().get(place);
    double dihedral = dihedral(geometry, place);
    if (!tree.isTurn(row)) {
      boolean planar = Math.abs(dihedral) > PLANAR;
      bound(
          place,
          planar ? Math.PI : Math.copySign(Math.PI / 2, dihedral),
          planar ? 2 * Math.PI : Math.PI);
    } else if (held.contains(new Couple(row.distanceTo(), row.angleTo()))
        || held.contains(new Couple(row.angleTo(), row.distanceTo()))) {
      bound(place, Math.cos(dihedral) < 0 ? Math.PI : 0, Math.PI);
    } else {
      circularRows.add(place);
    }
  }

  private void bound(int place, double middle, double width) {
    boundedRows.add(place);
    middles.add(middle);
    widths.add(width);
  }

  /**
   * Of a molecule with a reference, its amide bonds held.
   *
   * @throws IllegalArgumentException if no positions are known, or its atoms cannot be placed one
   *     after the other; the message says why
   */
  public static InternalLayout of(Compound compound) {
    if (compound.reference().isEmpty()) {
      throw new IllegalArgumentException(
          "no positions of `"
              + compound.topology().name()
              + "` are known; give its topology a structure, `pdb = \"my.pdb\"`");
    }
    PlacementTree tree =
        compound.tree().isEmpty()
            ? PlacementTree.of(compound.topology())
            : PlacementTree.written(compound.tree());
    double[] reference = compound.reference().stream().mapToDouble(Double::doubleValue).toArray();
    return new InternalLayout(tree, reference, AmideBonds.of(compound.topology()));
  }

  /**
   * Of some atoms of a molecule, in the order of its topology, as if they were all; the same amide
   * bonds are held.
   *
   * @throws IllegalArgumentException as above, or if some are placed by atoms left out
   */
  static InternalLayout of(Compound compound, List<Integer> atoms) {
    InternalLayout whole = of(compound);
    List<Integer> kept = atoms.stream().distinct().sorted().toList();
    List<TreeRow> rows = new ArrayList<>();
    for (TreeRow row : whole.tree.rows()) {
      if (kept.contains(row.atom())) {
        rows.add(
            new TreeRow(
                kept.indexOf(row.atom()),
                place(kept, row.distanceTo()),
                place(kept, row.angleTo()),
                place(kept, row.torsionTo())));
      }
    }
    Set<Couple> held = new HashSet<>();
    for (Couple bond : AmideBonds.of(compound.topology())) {
      if (kept.contains(bond.i()) && kept.contains(bond.j())) {
        held.add(new Couple(kept.indexOf(bond.i()), kept.indexOf(bond.j())));
      }
    }
    double[] reference = new double[3 * kept.size()];
    Arrays.setAll(reference, i -> compound.reference().get(3 * kept.get(i / 3) + i % 3));
    return new InternalLayout(new PlacementTree(rows), reference, held);
  }

  /** Of an atom that is left out none, with which a tree that needs it is refused. */
  private static int place(List<Integer> kept, int atom) {
    return atom < 0 ? atom : kept.contains(atom) ? kept.indexOf(atom) : Integer.MAX_VALUE;
  }

  PlacementTree tree() {
    return tree;
  }

  /** r₀, nm. */
  List<Double> lengths() {
    return Collections.unmodifiableList(lengths);
  }

  List<Double> middles() {
    return Collections.unmodifiableList(middles);
  }

  List<Double> widths() {
    return Collections.unmodifiableList(widths);
  }

  List<Integer> boundedRows() {
    return Collections.unmodifiableList(boundedRows);
  }

  List<Integer> circularRows() {
    return Collections.unmodifiableList(circularRows);
  }

  /** The reference's dihedrals of the bounded rows, rad. */
  double[] boundedReference() {
    int before = 2 * lengths.size() - 1;
    double[] dihedrals = new double[boundedRows.size()];
    Arrays.setAll(
        dihedrals,
        i ->
            middles.get(i)
                + widths.get(i) * (1 / (1 + Math.exp(-reference.get(before + i))) - 0.5));
    return dihedrals;
  }

  /** The rows whose dihedral takes any value. */
  public List<TreeRow> turning() {
    return circularRows.stream().map(tree.rows()::get).toList();
  }

  /** The number of coordinates, 3N − 6. */
  public int dim() {
    return 3 * tree.rows().size() - 6;
  }

  /** The coordinates of the reference. */
  public List<Double> reference() {
    return reference;
  }

  /** About the widths of wells of each coordinate at 300 K; 1 for torsions. */
  public List<Double> scales() {
    return IntStream.range(0, dim())
        .mapToObj(
            i ->
                i < lengths.size()
                    ? BOND_WIDTH
                    : i < dim() - circularRows.size() ? ANGLE_WIDTH : 1.0)
        .toList();
  }

  /** The torsions, which are the last ones, have a period. */
  public CoordinateKinds kinds() {
    return new CoordinateKinds(
        IntStream.range(0, dim()).mapToObj(i -> i >= dim() - circularRows.size()).toList());
  }

  /** The coordinates of positions [3N]; NaN for a bounded angle beyond its bounds. */
  double[] latentOf(double[] positions) {
    return latentOf(new Geometry(positions)).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private List<Double> latentOf(Geometry geometry) {
    List<Double> latent = new ArrayList<>();
    for (int i = 1; i < tree.rows().size(); i++) {
      TreeRow row = tree.rows().get(i);
      latent.add(Math.log(geometry.distance(row.atom(), row.distanceTo()) / lengths.get(i - 1)));
    }
    for (TreeRow row : tree.rows().subList(2, tree.rows().size())) {
      double angle = geometry.angle(row.atom(), row.distanceTo(), row.angleTo());
      latent.add(Math.log(angle / (Math.PI - angle)));
    }
    for (int i = 0; i < boundedRows.size(); i++) {
      double offset = dihedral(geometry, boundedRows.get(i)) - middles.get(i);
      double share = Math.IEEEremainder(offset, 2 * Math.PI) / widths.get(i) + 0.5;
      latent.add(Math.log(share / (1 - share)));
    }
    circularRows.forEach(row -> latent.add(dihedral(geometry, row)));
    return List.copyOf(latent);
  }

  private double dihedral(Geometry geometry, int place) {
    TreeRow row = tree.rows().get(place);
    return geometry.dihedral(row.torsionTo(), row.angleTo(), row.distanceTo(), row.atom());
  }
}
