package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** Numbers that are the same for each row. */
final class Constants {
  private Constants() {}

  /** The number once a row of x: [batch]. */
  static Operand<TFloating> perRow(GraphBuilder builder, Operand<TFloating> x, double value) {
    var tf = builder.tf();
    return tf.fill(tf.slice(tf.shape(x), tf.array(0), tf.array(1)), builder.constant(value));
  }
}
