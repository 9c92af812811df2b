package org.flowexp.density;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Independent coordinates uniform on [low, high); −∞ outside.
 *
 * @param dim at least 1
 * @param low lower end
 * @param high upper end
 */
public record UniformBox(int dim, double low, double high) implements BaseDensity {
  /** Checks the box. */
  public UniformBox {
    if (dim < 1 || !(low < high)) {
      throw new IllegalArgumentException(
          "no box of dimension " + dim + " on [" + low + ", " + high + "]");
    }
  }

  @Override
  public Operand<TFloating> sample(
      GraphBuilder builder, Operand<TInt64> key, Operand<TInt32> count) {
    Ops tf = builder.tf();
    return tf.math.add(
        tf.math.mul(builder.uniform(key, builder.shape(count, dim)), builder.constant(high - low)),
        builder.constant(low));
  }

  @Override
  public Operand<TFloating> logDensity(GraphBuilder builder, Operand<TFloating> z) {
    Ops tf = builder.tf();
    var inside =
        tf.reduceAll(
            tf.math.logicalAnd(
                tf.math.greaterEqual(z, builder.constant(low)),
                tf.math.lessEqual(z, builder.constant(high))),
            tf.array(1));
    // Gives the constants the length of the batch.
    Operand<TFloating> zeros = tf.zerosLike(builder.sum(z, 1));
    return tf.select(
        inside,
        tf.math.add(zeros, builder.constant(-dim * Math.log(high - low))),
        tf.math.add(zeros, builder.constant(Double.NEGATIVE_INFINITY)));
  }
}
