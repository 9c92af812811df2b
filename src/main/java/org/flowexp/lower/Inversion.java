package org.flowexp.lower;

import org.flowexp.density.Pushforward;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** How well the flow inverts itself in finite precision. */
final class Inversion {
  private Inversion() {}

  /** max_i |G(G⁻¹(x)) − x|_i for x [batch, dim]: [batch]. */
  static Operand<TFloating> error(Parameters parameters, Pushforward flow, Operand<TFloating> x) {
    var tf = parameters.builder().tf();
    var again = flow.flow().forward(parameters, flow.flow().inverse(parameters, x).value());
    return tf.reduceMax(tf.math.abs(tf.math.sub(again.value(), x)), tf.array(1));
  }
}
