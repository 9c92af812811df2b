package org.flowexp.system;

import java.util.List;
import org.flowexp.coordinates.InternalCoordinates;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.flow.Mapped;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The law of a molecule's shape over its internal coordinates, each from that of the reference and
 * in units of its own: u(y) = U(x)/kT − ln |shape measure/dz|, z = reference + scale · y. Torsions
 * are angles in rad of any turn; u has their period.
 *
 * @param target without a penalty: a shape has no pose
 * @param scales one for each internal coordinate
 */
public record ShapeTarget(
    MolecularTarget target, InternalCoordinates coordinates, List<Double> scales)
    implements ReducedEnergy {
  /** Checks the scales and the pose. */
  public ShapeTarget {
    scales = List.copyOf(scales);
    if (scales.size() != coordinates.latentDim() || target.penalty().isPresent()) {
      throw new IllegalArgumentException(
          scales.size() + " scales for " + coordinates.latentDim() + " coordinates of a shape");
    }
  }

  @Override
  public int dim() {
    return scales.size();
  }

  /** Positions [batch, 3N] in the fixed pose, nm, and the log-det in z. */
  public Mapped placed(GraphBuilder g, Operand<TFloating> y) {
    var tf = g.tf();
    Operand<TFloating> z =
        tf.math.add(tf.math.mul(y, row(g, scales)), row(g, coordinates.reference()));
    Parameters none = new Parameters(g, new ParameterLayout(), z);
    return coordinates.forward(none, z);
  }

  private static Operand<TFloating> row(GraphBuilder g, List<Double> values) {
    return g.constant(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public Operand<TFloating> reduced(GraphBuilder g, Operand<TFloating> y) {
    Mapped shape = placed(g, y);
    return g.tf().math.sub(target.reduced(g, shape.value()), shape.logDet());
  }
}
