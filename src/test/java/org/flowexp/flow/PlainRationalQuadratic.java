package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The spline as it was written first, the oracle of {@link PlainSpline}: one bin of a
 * rational-quadratic spline (Gregory and Delbourgo 1982; Durkan et al. 2019, eqs. 4–8): an
 * increasing map of [left, left + width] onto [bottom, bottom + height] with given derivatives at
 * the ends. All arrays [batch, n].
 */
record PlainRationalQuadratic(
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
    Point point = at(tf.math.div(tf.math.sub(z, left), width));
    return new Mapped(tf.math.add(bottom, point.rise), tf.math.log(point.derivative));
  }

  /** Value and log-derivative of the inverse by coordinate. */
  Mapped inverse(Operand<TFloating> x) {
    Ops tf = builder.tf();
    Operand<TFloating> rise = tf.math.sub(x, bottom);
    Operand<TFloating> theta = root(rise);
    return new Mapped(
        tf.math.add(left, tf.math.mul(theta, width)),
        tf.math.neg(tf.math.log(at(theta).derivative)));
  }

  /**
   * A point of the curve.
   *
   * @param rise value above the bottom
   * @param derivative with respect to z
   */
  private record Point(Operand<TFloating> rise, Operand<TFloating> derivative) {}

  private Point at(Operand<TFloating> theta) {
    Ops tf = builder.tf();
    Operand<TFloating> slope = slope();
    Operand<TFloating> thetaLeft = tf.math.sub(builder.constant(1), theta);
    Operand<TFloating> product = tf.math.mul(theta, thetaLeft);
    Operand<TFloating> square = tf.math.square(theta);
    Operand<TFloating> ratio =
        tf.math.div(slope, tf.math.add(slope, tf.math.mul(curvature(slope), product)));
    Operand<TFloating> rise =
        tf.math.mul(
            tf.math.mul(width, ratio),
            tf.math.add(tf.math.mul(slope, square), tf.math.mul(leftDerivative, product)));
    Operand<TFloating> bracket =
        tf.math.add(
            tf.math.add(
                tf.math.mul(rightDerivative, square),
                tf.math.mul(builder.constant(2), tf.math.mul(slope, product))),
            tf.math.mul(leftDerivative, tf.math.square(thetaLeft)));
    return new Point(rise, tf.math.mul(tf.math.square(ratio), bracket));
  }

  /**
   * θ in [0, 1] with this rise: the root of aθ² + bθ + c, in the one of its two forms that does not
   * cancel. Where b is negative a is at least height · slope, so no denominator vanishes.
   */
  private Operand<TFloating> root(Operand<TFloating> rise) {
    Ops tf = builder.tf();
    Operand<TFloating> slope = slope();
    Operand<TFloating> bend = tf.math.mul(rise, curvature(slope));
    Operand<TFloating> a =
        tf.math.add(tf.math.mul(height, tf.math.sub(slope, leftDerivative)), bend);
    Operand<TFloating> b = tf.math.sub(tf.math.mul(height, leftDerivative), bend);
    Operand<TFloating> minusC = tf.math.mul(slope, rise);
    Operand<TFloating> two = builder.constant(2);
    Operand<TFloating> root =
        tf.math.sqrt(
            discriminant(
                tf.math.add(
                    tf.math.square(b), tf.math.mul(builder.constant(4), tf.math.mul(a, minusC)))));
    var isRising = tf.math.greaterEqual(b, builder.constant(0));
    return tf.math.div(
        tf.select(isRising, tf.math.mul(two, minusC), tf.math.sub(root, b)),
        tf.select(isRising, tf.math.add(b, root), tf.math.mul(two, a)));
  }

  // In exact arithmetic the square of a positive number. Where rounding makes it less, its root
  // keeps a finite derivative.
  private Operand<TFloating> discriminant(Operand<TFloating> computed) {
    Ops tf = builder.tf();
    Operand<TFloating> smallest =
        tf.math.square(tf.math.mul(builder.constant(builder.precision().epsilon()), height));
    return tf.math.maximum(computed, tf.stopGradient(smallest));
  }

  private Operand<TFloating> slope() {
    return builder.tf().math.div(height, width);
  }

  private Operand<TFloating> curvature(Operand<TFloating> slope) {
    Ops tf = builder.tf();
    return tf.math.sub(
        tf.math.add(leftDerivative, rightDerivative), tf.math.mul(builder.constant(2), slope));
  }
}
