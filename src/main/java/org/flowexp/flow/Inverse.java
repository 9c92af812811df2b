package org.flowexp.flow;

import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A bijection with its directions exchanged.
 *
 * @param original what runs backwards
 */
public record Inverse(Bijection original) implements Bijection {
  @Override
  public int dim() {
    return original.latentDim();
  }

  @Override
  public int latentDim() {
    return original.dim();
  }

  @Override
  public Mapped forward(Parameters parameters, Operand<TFloating> z) {
    return original.inverse(parameters, z);
  }

  @Override
  public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
    return original.forward(parameters, x);
  }
}
