package org.flowexp.density;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Independent coordinates with mean 0 and variance 1.
 *
 * @param dim at least 1
 */
public record StandardNormal(int dim) implements BaseDensity {
  /** Checks the dimension. */
  public StandardNormal {
    if (dim < 1) {
      throw new IllegalArgumentException("dimension " + dim);
    }
  }

  @Override
  public Operand<TFloating> sample(
      GraphBuilder builder, Operand<TInt64> key, Operand<TInt32> count) {
    return builder.normal(key, builder.shape(count, dim));
  }

  @Override
  public Operand<TFloating> logDensity(GraphBuilder builder, Operand<TFloating> z) {
    var tf = builder.tf();
    return tf.math.sub(
        builder.constant(-0.5 * dim * Math.log(2 * Math.PI)),
        tf.math.mul(builder.constant(0.5), builder.sum(tf.math.square(z), 1)));
  }
}
