package org.flowexp.flow;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A forward pass that remembers its way, so that the inverse at its image is known without another
 * pass.
 *
 * @param mapped latent → configuration
 * @param back the inverse at {@code mapped.value()}, given a tensor with those values: a function
 *     of it and of the parameters, with the right first derivatives. Second derivatives are not.
 */
public record Traced(Mapped mapped, Back back) {
  /** The way back. */
  @FunctionalInterface
  public interface Back {
    /**
     * The inverse.
     *
     * @param x has the values of the image, for example because it is the image, detached
     */
    Mapped at(Operand<TFloating> x);
  }
}
