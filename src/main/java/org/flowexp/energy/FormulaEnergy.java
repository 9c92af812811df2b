package org.flowexp.energy;

import java.util.Map;
import java.util.Optional;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Matrix;
import org.flowexp.formula.FormulaGraph;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TFloating;

/**
 * An energy given by a formula, u(x) = energy(s), s = R x.
 *
 * @param rotation R; the identity if empty
 * @param energy in units of kT, one value per sample, of the vector {@code s}
 */
public record FormulaEnergy(int dim, Optional<Matrix> rotation, Formula energy)
    implements ReducedEnergy {
  private static final String COORDINATES = "s";

  /** Checks the rotation's size. */
  public FormulaEnergy {
    if (rotation.isPresent() && rotation.get().size() != dim) {
      throw new IllegalArgumentException(
          "a rotation of " + rotation.get().size() + " for " + dim + " coordinates");
    }
  }

  @Override
  public Operand<TFloating> reduced(GraphBuilder g, Operand<TFloating> x) {
    Operand<TFloating> s =
        rotation
            .<Operand<TFloating>>map(
                r -> g.tf().linalg.matMul(x, g.constant(r.rows()), MatMul.transposeB(true)))
            .orElse(x);
    return new FormulaGraph(g, Map.of(COORDINATES, s)).lower(energy);
  }
}
