package org.flowexp.density;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Independent angles (rad), each of density 1/2π on the circle; sampled in [−π, π), and of the same
 * density for any representative of an angle.
 *
 * @param dim at least 1
 */
public record UniformCircle(int dim) implements BaseDensity {
  /** Checks the dimension. */
  public UniformCircle {
    if (dim < 1) {
      throw new IllegalArgumentException("dimension " + dim);
    }
  }

  @Override
  public Operand<TFloating> sample(
      GraphBuilder builder, Operand<TInt64> key, Operand<TInt32> count) {
    return new UniformBox(dim, -Math.PI, Math.PI).sample(builder, key, count);
  }

  @Override
  public Operand<TFloating> logDensity(GraphBuilder builder, Operand<TFloating> z) {
    Ops tf = builder.tf();
    return tf.math.add(
        tf.zerosLike(builder.sum(z, 1)), builder.constant(-dim * Math.log(2 * Math.PI)));
  }
}
