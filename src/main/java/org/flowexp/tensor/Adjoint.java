package org.flowexp.tensor;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A derivative written by hand: what TensorFlow would add to a graph for each operation, said once
 * for many ({@link GraphBuilder#withAdjoint}).
 */
@FunctionalInterface
public interface Adjoint {
  /**
   * The product of cotangents with the Jacobian.
   *
   * @param cotangents of each output, in its shape
   * @return of each input, in its shape
   */
  List<Operand<TFloating>> of(List<Operand<TFloating>> cotangents);
}
