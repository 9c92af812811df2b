package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Short names, for formulas that would drown in calls. */
final class Arithmetic {
  private final GraphBuilder builder;
  private final Ops tf;

  Arithmetic(GraphBuilder builder) {
    this.builder = builder;
    this.tf = builder.tf();
  }

  /** a + b. */
  Operand<TFloating> plus(Operand<TFloating> a, Operand<TFloating> b) {
    return tf.math.add(a, b);
  }

  /** a + b. */
  Operand<TFloating> plus(Operand<TFloating> a, double b) {
    return b == 0 ? a : plus(a, builder.constant(b));
  }

  /** a − b. */
  Operand<TFloating> minus(Operand<TFloating> a, Operand<TFloating> b) {
    return tf.math.sub(a, b);
  }

  /** a − b. */
  Operand<TFloating> minus(double a, Operand<TFloating> b) {
    return minus(builder.constant(a), b);
  }

  /** a · b. */
  Operand<TFloating> times(Operand<TFloating> a, Operand<TFloating> b) {
    return tf.math.mul(a, b);
  }

  /** a · b. */
  Operand<TFloating> times(double a, Operand<TFloating> b) {
    return times(builder.constant(a), b);
  }

  /** a / b. */
  Operand<TFloating> over(Operand<TFloating> a, Operand<TFloating> b) {
    return tf.math.div(a, b);
  }

  /** a / b. */
  Operand<TFloating> over(double a, Operand<TFloating> b) {
    return over(builder.constant(a), b);
  }

  /** −a. */
  Operand<TFloating> negative(Operand<TFloating> a) {
    return tf.math.neg(a);
  }

  /** a². */
  Operand<TFloating> square(Operand<TFloating> a) {
    return tf.math.square(a);
  }
}
