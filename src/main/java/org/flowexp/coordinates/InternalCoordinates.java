package org.flowexp.coordinates;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Mapped;
import org.flowexp.geometry.Vectors;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Internal coordinates [batch, 3N − 6] to positions [batch, 3N] in a fixed pose: the tree's first
 * atom at the origin, the second on the x axis, the third in the xy plane. Positions of any pose
 * have internal coordinates.
 *
 * <p>The latent has, in this order: a = ln(r/r₀) of N − 1 distances; b of N − 2 angles, θ = π
 * sigmoid(b); the bounded dihedral angles in the same way; the circular ones in rad. Which are
 * bounded, and to what, {@link InternalLayout} says.
 *
 * <p>The log-det is that of the measure on shapes, d³ᴺx = dc dR · Π r² Π sin θ · dr dθ dφ with r
 * from the second atom and θ from the third (dc: position, dR: Haar, of volume 8π²): Σ 3 ln r + Σ
 * ln sin θ + Σ ln(θ(π − θ)/π) + the bounded dihedrals' ln slopes; in nm and rad.
 */
public final class InternalCoordinates implements Bijection {
  private final PlacementTree tree;
  private final double[] lengths;
  private final Interval angles;
  private final Interval bounded;
  private final List<Integer> boundedRows;
  private final List<Integer> circularRows;
  private final InternalLayout layout;

  /** Coordinates of this layout. */
  public InternalCoordinates(InternalLayout layout) {
    this.layout = layout;
    this.tree = layout.tree();
    this.lengths = layout.lengths().stream().mapToDouble(Double::doubleValue).toArray();
    int bends = tree.rows().size() - 2;
    this.angles =
        new Interval(Collections.nCopies(bends, Math.PI / 2), Collections.nCopies(bends, Math.PI));
    this.bounded = new Interval(layout.middles(), layout.widths());
    this.boundedRows = layout.boundedRows();
    this.circularRows = layout.circularRows();
  }

  /**
   * Coordinates about a reference, every bond free to turn.
   *
   * @param tree how atoms are placed
   * @param reference positions [3N], nm: gives r₀ and the signs of dihedrals
   */
  public InternalCoordinates(PlacementTree tree, double[] reference) {
    this(new InternalLayout(tree, reference, Set.of()));
  }

  /** The latent of the reference. */
  public List<Double> reference() {
    return layout.reference();
  }

  @Override
  public int dim() {
    return 3 * tree.rows().size();
  }

  @Override
  public int latentDim() {
    return dim() - 6;
  }

  /** The latent coordinates that are torsions, rad, of period 2π; the last ones. */
  public List<Integer> circular() {
    return IntStream.range(latentDim() - circularRows.size(), latentDim()).boxed().toList();
  }

  /** The atom that each circular coordinate places, by its place in the topology. */
  public List<Integer> circularAtoms() {
    return circularRows.stream().map(row -> tree.rows().get(row).atom()).toList();
  }

  @Override
  public Mapped forward(Parameters parameters, Operand<TFloating> z) {
    GraphBuilder g = parameters.builder();
    var tf = g.tf();
    List<Operand<TFloating>> parts = g.split(0, tf.linalg.transpose(z, tf.array(1, 0)), blocks());
    Operand<TFloating> logStretch = parts.get(0);
    Operand<TFloating> distances =
        tf.math.mul(tf.math.exp(logStretch), g.constant(lengths, lengths.length, 1));
    Operand<TFloating> bends = angles.angle(g, parts.get(1));
    Operand<TFloating> dihedrals =
        tf.gather(
            g.concat(0, List.of(bounded.angle(g, parts.get(2)), parts.get(3))),
            tf.constant(toRows()),
            tf.constant(0));
    Vectors positions = new Placement(g, tree).positions(distances, bends, dihedrals);
    Operand<TFloating> logDet =
        tf.math.addN(
            List.of(
                logVolume(g, tf.math.log(distances), bends),
                g.sum(angles.logSlope(g, parts.get(1)), 0),
                g.sum(bounded.logSlope(g, parts.get(2)), 0)));
    return new Mapped(positions.positions(), logDet);
  }

  @Override
  public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
    GraphBuilder g = parameters.builder();
    var tf = g.tf();
    Measurement measured = new Measurement(g, tree, Vectors.ofPositions(g, x, tree.rows().size()));
    Operand<TFloating> distances = measured.distances();
    Operand<TFloating> bends = measured.angles();
    double[] middles = bounded.middles().stream().mapToDouble(Double::doubleValue).toArray();
    Operand<TFloating> offsets = measured.dihedrals(boundedRows, middles);
    Operand<TFloating> turns = measured.dihedrals(circularRows, new double[circularRows.size()]);
    Operand<TFloating> b = angles.coordinate(g, tf.math.sub(bends, g.constant(Math.PI / 2)));
    Operand<TFloating> c = bounded.coordinate(g, offsets);
    Operand<TFloating> logDistances = tf.math.log(distances);
    double[] logLengths =
        IntStream.range(0, lengths.length).mapToDouble(i -> Math.log(lengths[i])).toArray();
    Operand<TFloating> a = tf.math.sub(logDistances, g.constant(logLengths, lengths.length, 1));
    Operand<TFloating> logDet =
        tf.math.addN(
            List.of(
                logVolume(g, logDistances, bends),
                g.sum(angles.logSlope(g, b), 0),
                g.sum(bounded.logSlope(g, c), 0)));
    return new Mapped(
        tf.linalg.transpose(g.concat(0, List.of(a, b, c, turns)), tf.array(1, 0)),
        tf.math.neg(logDet));
  }

  /** Σ 3 ln r + Σ ln sin θ: r² of the measure and r of dr/da. */
  private static Operand<TFloating> logVolume(
      GraphBuilder g, Operand<TFloating> logDistances, Operand<TFloating> bends) {
    var tf = g.tf();
    return tf.math.add(
        tf.math.mul(g.constant(3), g.sum(logDistances, 0)),
        g.sum(tf.math.log(tf.math.sin(bends)), 0));
  }

  private int[] blocks() {
    return new int[] {lengths.length, angles.size(), boundedRows.size(), circularRows.size()};
  }

  /** Where the dihedral of each row from the fourth lies in bounded ++ circular. */
  private int[] toRows() {
    List<Integer> order = new ArrayList<>(boundedRows);
    order.addAll(circularRows);
    return IntStream.range(3, tree.rows().size()).map(order::indexOf).toArray();
  }
}
