package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A bijection of some coordinates; the others stay.
 *
 * @param mask which coordinates
 * @param part of dimension {@code mask.count()} on both sides
 */
public record OnCoordinates(Mask mask, Bijection part) implements Bijection {
  /** Checks the dimensions. */
  public OnCoordinates {
    if (part.dim() != mask.count() || part.latentDim() != mask.count()) {
      throw new IllegalArgumentException(
          "a map of " + part.dim() + " coordinates on " + mask.count());
    }
  }

  @Override
  public int dim() {
    return mask.dim();
  }

  @Override
  public Mapped forward(Parameters parameters, Operand<TFloating> z) {
    Mask.Parts parts = mask.split(parameters.builder(), z);
    return joined(parameters.builder(), parts, part.forward(parameters, parts.changed()));
  }

  @Override
  public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
    Mask.Parts parts = mask.split(parameters.builder(), x);
    return joined(parameters.builder(), parts, part.inverse(parameters, parts.changed()));
  }

  private Mapped joined(GraphBuilder builder, Mask.Parts parts, Mapped changed) {
    return new Mapped(
        mask.join(builder, new Mask.Parts(parts.kept(), changed.value())), changed.logDet());
  }
}
