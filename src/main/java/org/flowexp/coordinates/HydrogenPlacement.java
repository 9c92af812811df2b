package org.flowexp.coordinates;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.flow.Completion;
import org.flowexp.flow.Conditioner;
import org.flowexp.flow.Mapped;
import org.flowexp.flow.Network;
import org.flowexp.geometry.Vectors;
import org.flowexp.molecule.Compound;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Heavy atoms [batch, 3n] to all atoms [batch, 3N], in the order of the topology: hydrogens at y =
 * y₀ + scale · h, y their distances and angles in local frames, y₀ those of the reference and h a
 * network that starts at 0. It sees distances, angles and dihedrals of the heavy atoms, so that
 * hydrogens turn with them.
 *
 * <p>The density is one of heavy atoms: the log-det is 0 and the inverse forgets hydrogens.
 */
final class HydrogenPlacement implements Completion {
  /** About the widths of wells at 300 K, of ln r and of angles. */
  private static final double BOND_WIDTH = 0.024;

  private static final double ANGLE_WIDTH = 0.1;

  private final Attachment attachment;
  private final InternalLayout heavy;
  private final double[] ideal;
  private final double[] scales;
  private final Conditioner conditioner;

  HydrogenPlacement(ParameterLayout parameters, String name, Compound compound, Network network) {
    this.attachment = Attachment.ofHydrogens(compound);
    this.heavy = InternalLayout.of(compound, attachment.outside());
    this.ideal =
        attachment.measured(
            compound.reference().stream().mapToDouble(Double::doubleValue).toArray());
    this.scales = attachment.scales(attachment.turns(InternalLayout.of(compound)));
    int inputs = heavy.dim() + heavy.circularRows().size();
    this.conditioner = new Conditioner(parameters, name, network, inputs, attachment.dim());
  }

  @Override
  public int dim() {
    return 3 * attachment.atoms();
  }

  @Override
  public int latentDim() {
    return 3 * attachment.outside().size();
  }

  @Override
  public Mapped forward(Parameters parameters, Operand<TFloating> z) {
    GraphBuilder g = parameters.builder();
    var tf = g.tf();
    Vectors others = Vectors.ofPositions(g, z, attachment.outside().size());
    Operand<TFloating> h = g.transposed(conditioner.numbers(parameters, features(g, others)));
    Operand<TFloating> y = tf.math.add(tf.math.mul(h, g.constant(scales)), g.constant(ideal));
    return new Mapped(new AttachedAtoms(attachment).onto(g, others, y), nothing(g, z));
  }

  @Override
  public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
    GraphBuilder g = parameters.builder();
    int[] columns =
        attachment.outside().stream()
            .flatMapToInt(atom -> IntStream.range(3 * atom, 3 * atom + 3))
            .toArray();
    return new Mapped(g.columns(x, columns), nothing(g, x));
  }

  private static Operand<TFloating> nothing(GraphBuilder g, Operand<TFloating> rows) {
    return g.sum(g.tf().zerosLike(rows), 1);
  }

  /** Numbers of about unit size [features, batch]: finite with their slopes for any positions. */
  private Operand<TFloating> features(GraphBuilder g, Vectors others) {
    var tf = g.tf();
    Measurement measured = new Measurement(g, heavy.tree(), others);
    int bonds = heavy.lengths().size();
    double[] middle = heavy.reference().stream().mapToDouble(v -> v).toArray();
    double[] logLengths = heavy.lengths().stream().mapToDouble(Math::log).toArray();
    double[] bends =
        IntStream.range(bonds, 2 * bonds - 1)
            .mapToDouble(i -> Math.PI / (1 + Math.exp(-middle[i])))
            .toArray();
    List<Operand<TFloating>> all = new ArrayList<>();
    all.add(scaled(g, tf.math.log(measured.distances()), logLengths, BOND_WIDTH));
    all.add(scaled(g, measured.angles(), bends, ANGLE_WIDTH));
    List<Integer> bounded = heavy.boundedRows();
    if (!bounded.isEmpty()) {
      Operand<TFloating> off = measured.dihedrals(bounded, heavy.boundedReference());
      all.add(tf.math.mul(tf.math.sin(off), g.constant(1 / ANGLE_WIDTH)));
    }
    List<Integer> circular = heavy.circularRows();
    if (!circular.isEmpty()) {
      Operand<TFloating> turns = measured.dihedrals(circular, new double[circular.size()]);
      all.add(tf.math.cos(turns));
      all.add(tf.math.sin(turns));
    }
    return g.concat(0, all);
  }

  private static Operand<TFloating> scaled(
      GraphBuilder g, Operand<TFloating> values, double[] middles, double width) {
    var tf = g.tf();
    return tf.math.mul(
        tf.math.sub(values, g.constant(middles, middles.length, 1)), g.constant(1 / width));
  }
}
