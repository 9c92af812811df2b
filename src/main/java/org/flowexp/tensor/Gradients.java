package org.flowexp.tensor;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Reverse-mode derivatives, through adjoints written by hand where there are some ({@link
 * GraphBuilder#withAdjoint}) and TensorFlow's elsewhere. Where y does not depend on x, or every
 * path is cut by a detached operation, the derivative is zero and zeros are returned, as in
 * mathematics; TensorFlow itself throws in the first case and returns an output without a node in
 * the second.
 */
public final class Gradients {
  private Gradients() {}

  /** ∂y/∂x for a scalar y (or of the sum of y's elements), shaped as x. */
  public static Operand<TFloating> of(
      GraphBuilder builder, Operand<TFloating> y, Operand<TFloating> x) {
    return of(builder, y, List.of(x)).get(0);
  }

  /** ∂y/∂x for several x in one sweep; y a scalar (or the sum of its elements). */
  public static List<Operand<TFloating>> of(
      GraphBuilder builder, Operand<TFloating> y, List<Operand<TFloating>> xs) {
    return new Sweep(builder, xs).from(y);
  }
}
