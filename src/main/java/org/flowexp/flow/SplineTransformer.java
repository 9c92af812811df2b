package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Monotonic rational-quadratic splines: Durkan, Bekasov, Murray, Papamakarios, "Neural Spline
 * Flows" (2019), §3.1 and appendix A. Box [low, high] on both sides; all-zero numbers give the
 * identity.
 *
 * @param bins K, at least 2
 * @param low lower end of the box
 * @param high upper end of the box
 * @param tails what happens at the ends
 * @param minWidth smallest width of a bin as a share of the box, below 1/K
 * @param minHeight smallest height of a bin as a share of the box, below 1/K
 * @param minDerivative smallest derivative at a knot, below 1
 */
public record SplineTransformer(
    int bins,
    double low,
    double high,
    Tails tails,
    double minWidth,
    double minHeight,
    double minDerivative)
    implements Transformer {

  /** The ends of the box. */
  public enum Tails {
    /** The identity outside, derivative 1 at the ends. */
    LINEAR,
    /**
     * The ends are one point of a circle and share a free derivative; the box is a turn, and whole
     * turns are carried over from the argument to the image.
     */
    CIRCULAR
  }

  /** Checks the ranges. */
  public SplineTransformer {
    if (bins < 2
        || !(low < high)
        || !(minWidth > 0 && minWidth * bins < 1)
        || !(minHeight > 0 && minHeight * bins < 1)
        || !(minDerivative > 0 && minDerivative < 1)) {
      throw new IllegalArgumentException(
          "no spline with %d bins on [%s, %s], minima %s, %s, %s"
              .formatted(bins, low, high, minWidth, minHeight, minDerivative));
    }
  }

  /** Linear tails on [−bound, bound] with the paper's minima 1e-3. */
  public static SplineTransformer linear(int bins, double bound) {
    return new SplineTransformer(bins, -bound, bound, Tails.LINEAR, 1e-3, 1e-3, 1e-3);
  }

  /** On the circle [−π, π] with the paper's minima 1e-3. */
  public static SplineTransformer circular(int bins) {
    return new SplineTransformer(bins, -Math.PI, Math.PI, Tails.CIRCULAR, 1e-3, 1e-3, 1e-3);
  }

  @Override
  public boolean isCircular() {
    return tails == Tails.CIRCULAR;
  }

  @Override
  public int numbersPerCoordinate() {
    return 2 * bins + freeDerivatives();
  }

  int freeDerivatives() {
    return switch (tails) {
      case LINEAR -> bins - 1;
      case CIRCULAR -> bins;
    };
  }

  @Override
  public Mapped forward(GraphBuilder builder, Operand<TFloating> z, Operand<TFloating> raw) {
    Operand<TFloating> inside = clipped(builder, z);
    SplineKnots knots = new SplineKnots(builder, this, raw);
    RationalQuadratic bin = knots.binByWidths(inside);
    Mapped mapped = bin.forward(inside);
    return withTails(builder, z, inside, mapped);
  }

  @Override
  public Mapped inverse(GraphBuilder builder, Operand<TFloating> x, Operand<TFloating> raw) {
    Operand<TFloating> inside = clipped(builder, x);
    SplineKnots knots = new SplineKnots(builder, this, raw);
    RationalQuadratic bin = knots.binByHeights(inside);
    Mapped mapped = bin.inverse(inside);
    return withTails(builder, x, inside, mapped);
  }

  private Operand<TFloating> clipped(GraphBuilder builder, Operand<TFloating> x) {
    return switch (tails) {
      case LINEAR -> builder.tf().clipByValue(x, builder.constant(low), builder.constant(high));
      case CIRCULAR -> wrapped(builder, x);
    };
  }

  private Operand<TFloating> wrapped(GraphBuilder builder, Operand<TFloating> x) {
    Ops tf = builder.tf();
    Operand<TFloating> period = builder.constant(high - low);
    Operand<TFloating> turns =
        tf.math.floor(tf.math.div(tf.math.sub(x, builder.constant(low)), period));
    return tf.math.sub(x, tf.math.mul(tf.stopGradient(turns), period));
  }

  // Outside the box the spline is evaluated at its end, where it is the end itself with derivative
  // 1: adding what was
  // clipped off continues it by the identity without a select, and without a gradient through an
  // unused branch.
  private static Mapped withTails(
      GraphBuilder builder, Operand<TFloating> x, Operand<TFloating> inside, Mapped mapped) {
    var tf = builder.tf();
    return new Mapped(
        tf.math.add(mapped.value(), tf.math.sub(x, inside)), builder.sum(mapped.logDet(), 1));
  }

  Operand<TFloating> widths(GraphBuilder builder, Operand<TFloating> raw) {
    return sizes(builder, raw, minWidth);
  }

  Operand<TFloating> heights(GraphBuilder builder, Operand<TFloating> raw) {
    return sizes(builder, raw, minHeight);
  }

  private Operand<TFloating> sizes(GraphBuilder builder, Operand<TFloating> raw, double minimum) {
    Ops tf = builder.tf();
    double box = high - low;
    return tf.math.add(
        tf.math.mul(tf.nn.softmax(raw), builder.constant(box * (1 - bins * minimum))),
        builder.constant(box * minimum));
  }

  /** Derivatives at the free knots less 1, so that 0 stands for the fixed ones. */
  Operand<TFloating> excessDerivatives(GraphBuilder builder, Operand<TFloating> raw) {
    Ops tf = builder.tf();
    double shift = Math.log(Math.expm1(1 - minDerivative));
    return tf.math.add(
        tf.math.softplus(tf.math.add(raw, builder.constant(shift))),
        builder.constant(minDerivative - 1));
  }
}
