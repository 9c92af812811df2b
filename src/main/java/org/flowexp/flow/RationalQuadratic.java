package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * One bin of a rational-quadratic spline (Gregory and Delbourgo 1982; Durkan et al. 2019, eqs.
 * 4–8): an increasing map of [left, left + width] onto [bottom, bottom + height] with given
 * derivatives at the ends. All arrays of one shape, an entry a spline.
 */
record RationalQuadratic(
    GraphBuilder builder,
    Operand<TFloating> left,
    Operand<TFloating> width,
    Operand<TFloating> bottom,
    Operand<TFloating> height,
    Operand<TFloating> leftDerivative,
    Operand<TFloating> rightDerivative) {

  /** The image of z. */
  BinPoint forward(Operand<TFloating> z) {
    Arithmetic a = new Arithmetic(builder);
    return new BinPoint(this, a.over(a.minus(z, left), width));
  }

  /** The point whose image is x. */
  BinPoint inverse(Operand<TFloating> x) {
    return new BinPoint(this, root(new Arithmetic(builder).minus(x, bottom)));
  }

  /**
   * θ in [0, 1] with this rise: the root of aθ² + bθ + c, in the one of its two forms that does not
   * cancel. Where b is negative a is at least height · slope, so no denominator vanishes.
   */
  private Operand<TFloating> root(Operand<TFloating> rise) {
    Ops tf = builder.tf();
    Arithmetic of = new Arithmetic(builder);
    Operand<TFloating> slope = slope();
    Operand<TFloating> bend = of.times(rise, curvature(slope));
    Operand<TFloating> a = of.plus(of.times(height, of.minus(slope, leftDerivative)), bend);
    Operand<TFloating> b = of.minus(of.times(height, leftDerivative), bend);
    Operand<TFloating> minusC = of.times(slope, rise);
    Operand<TFloating> root =
        tf.math.sqrt(discriminant(of.plus(of.square(b), of.times(4, of.times(a, minusC)))));
    var isRising = tf.math.greaterEqual(b, builder.constant(0));
    return of.over(
        tf.select(isRising, of.times(2, minusC), of.minus(root, b)),
        tf.select(isRising, of.plus(b, root), of.times(2, a)));
  }

  // In exact arithmetic the square of a positive number.
  private Operand<TFloating> discriminant(Operand<TFloating> computed) {
    Arithmetic of = new Arithmetic(builder);
    return builder
        .tf()
        .math
        .maximum(computed, of.square(of.times(builder.precision().epsilon(), height)));
  }

  Operand<TFloating> slope() {
    return builder.tf().math.div(height, width);
  }

  Operand<TFloating> curvature(Operand<TFloating> slope) {
    Arithmetic of = new Arithmetic(builder);
    return of.minus(of.plus(leftDerivative, rightDerivative), of.times(2, slope));
  }
}
