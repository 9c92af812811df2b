package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * One bin of a rational-quadratic spline (Gregory and Delbourgo 1982; Durkan et al. 2019, eqs.
 * 4–8): an increasing map of [left, left + width] onto [bottom, bottom + height] with given
 * derivatives at the ends. All arrays [batch, n].
 */
record RationalQuadratic(
    GraphBuilder builder,
    Operand<TFloating> left,
    Operand<TFloating> width,
    Operand<TFloating> bottom,
    Operand<TFloating> height,
    Operand<TFloating> leftDerivative,
    Operand<TFloating> rightDerivative) {

  /** Value and log-derivative by coordinate. */
  Mapped forward(Operand<TFloating> z) {
    Ops tf = builder.tf();
    Operand<TFloating> slope = tf.math.div(height, width);
    Operand<TFloating> theta = tf.math.div(tf.math.sub(z, left), width);
    Operand<TFloating> thetaLeft = tf.math.sub(builder.constant(1), theta);
    Operand<TFloating> product = tf.math.mul(theta, thetaLeft);
    Operand<TFloating> denominator = denominator(slope, product);
    Operand<TFloating> numerator =
        tf.math.mul(
            height,
            tf.math.add(
                tf.math.mul(slope, tf.math.square(theta)), tf.math.mul(leftDerivative, product)));
    return new Mapped(
        tf.math.add(bottom, tf.math.div(numerator, denominator)),
        logDerivative(slope, theta, thetaLeft, product, denominator));
  }

  /** Value and log-derivative of the inverse by coordinate. */
  Mapped inverse(Operand<TFloating> x) {
    Ops tf = builder.tf();
    Operand<TFloating> slope = tf.math.div(height, width);
    Operand<TFloating> theta = root(slope, tf.math.sub(x, bottom));
    Operand<TFloating> thetaLeft = tf.math.sub(builder.constant(1), theta);
    Operand<TFloating> product = tf.math.mul(theta, thetaLeft);
    Operand<TFloating> logDerivative =
        logDerivative(slope, theta, thetaLeft, product, denominator(slope, product));
    return new Mapped(tf.math.add(left, tf.math.mul(theta, width)), tf.math.neg(logDerivative));
  }

  /**
   * θ with value bottom + rise: the root of aθ² + bθ + c in [0, 1], in the form without
   * cancellation.
   */
  private Operand<TFloating> root(Operand<TFloating> slope, Operand<TFloating> rise) {
    Ops tf = builder.tf();
    Operand<TFloating> bend = tf.math.mul(rise, curvature(slope));
    Operand<TFloating> a =
        tf.math.add(tf.math.mul(height, tf.math.sub(slope, leftDerivative)), bend);
    Operand<TFloating> b = tf.math.sub(tf.math.mul(height, leftDerivative), bend);
    Operand<TFloating> minusC = tf.math.mul(slope, rise);
    Operand<TFloating> discriminant =
        tf.math.add(tf.math.square(b), tf.math.mul(builder.constant(4), tf.math.mul(a, minusC)));
    // The square of (denominator · derivative · width) > 0, unless rounding has the last word: keep
    // its root's
    // derivative finite then.
    Operand<TFloating> positive =
        tf.math.maximum(
            discriminant,
            tf.stopGradient(
                tf.math.mul(
                    builder.constant(Math.pow(builder.precision().epsilon(), 2)),
                    tf.math.square(height))));
    return tf.math.div(
        tf.math.mul(builder.constant(2), minusC), tf.math.add(b, tf.math.sqrt(positive)));
  }

  private Operand<TFloating> curvature(Operand<TFloating> slope) {
    Ops tf = builder.tf();
    return tf.math.sub(
        tf.math.add(leftDerivative, rightDerivative), tf.math.mul(builder.constant(2), slope));
  }

  private Operand<TFloating> denominator(Operand<TFloating> slope, Operand<TFloating> product) {
    Ops tf = builder.tf();
    return tf.math.add(slope, tf.math.mul(curvature(slope), product));
  }

  private Operand<TFloating> logDerivative(
      Operand<TFloating> slope,
      Operand<TFloating> theta,
      Operand<TFloating> thetaLeft,
      Operand<TFloating> product,
      Operand<TFloating> denominator) {
    Ops tf = builder.tf();
    Operand<TFloating> middle = tf.math.mul(builder.constant(2), tf.math.mul(slope, product));
    Operand<TFloating> numerator =
        tf.math.add(
            tf.math.add(tf.math.mul(rightDerivative, tf.math.square(theta)), middle),
            tf.math.mul(leftDerivative, tf.math.square(thetaLeft)));
    Operand<TFloating> ratio = tf.math.div(slope, denominator);
    return tf.math.log(tf.math.mul(tf.math.square(ratio), numerator));
  }
}
