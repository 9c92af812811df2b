package org.flowexp.density;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** A normalised density of latents, without parameters. */
public interface BaseDensity {
  /** The number of coordinates. */
  int dim();

  /**
   * Independent samples, a pure function of key and count.
   *
   * @param key [2]
   * @param count scalar
   * @return [count, dim]
   */
  Operand<TFloating> sample(GraphBuilder builder, Operand<TInt64> key, Operand<TInt32> count);

  /** log q(z) for z [batch, dim]: [batch]. */
  Operand<TFloating> logDensity(GraphBuilder builder, Operand<TFloating> z);
}
