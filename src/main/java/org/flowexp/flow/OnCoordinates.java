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
    GraphBuilder builder = parameters.builder();
    Mask.Parts parts = mask.split(builder, builder.transposed(z));
    return joined(builder, parts, part.forward(parameters, builder.transposed(parts.changed())));
  }

  @Override
  public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
    GraphBuilder builder = parameters.builder();
    Mask.Parts parts = mask.split(builder, builder.transposed(x));
    return joined(builder, parts, part.inverse(parameters, builder.transposed(parts.changed())));
  }

  private Mapped joined(GraphBuilder builder, Mask.Parts parts, Mapped changed) {
    Mask.Parts moved = new Mask.Parts(parts.kept(), builder.transposed(changed.value()));
    return new Mapped(builder.transposed(mask.join(builder, moved)), changed.logDet());
  }
}
