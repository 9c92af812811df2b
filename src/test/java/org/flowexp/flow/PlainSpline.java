package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A spline operation by operation, row by row, with TensorFlow's own derivatives: the oracle of
 * {@link SplineTransformer}.
 */
record PlainSpline(SplineTransformer form) {
  Mapped forward(GraphBuilder builder, Operand<TFloating> z, Operand<TFloating> raw) {
    Operand<TFloating> inside = clipped(builder, z);
    PlainKnots knots = new PlainKnots(builder, this, raw);
    PlainRationalQuadratic bin = knots.binByWidths(inside);
    Mapped mapped = bin.forward(inside);
    return withTails(builder, z, inside, mapped);
  }

  Mapped inverse(GraphBuilder builder, Operand<TFloating> x, Operand<TFloating> raw) {
    Operand<TFloating> inside = clipped(builder, x);
    PlainKnots knots = new PlainKnots(builder, this, raw);
    PlainRationalQuadratic bin = knots.binByHeights(inside);
    Mapped mapped = bin.inverse(inside);
    return withTails(builder, x, inside, mapped);
  }

  private Operand<TFloating> clipped(GraphBuilder builder, Operand<TFloating> x) {
    return switch (form.tails()) {
      case LINEAR ->
          builder.tf().clipByValue(x, builder.constant(form.low()), builder.constant(form.high()));
      case CIRCULAR -> wrapped(builder, x);
    };
  }

  private Operand<TFloating> wrapped(GraphBuilder builder, Operand<TFloating> x) {
    Ops tf = builder.tf();
    Operand<TFloating> period = builder.constant(form.high() - form.low());
    Operand<TFloating> turns =
        tf.math.floor(tf.math.div(tf.math.sub(x, builder.constant(form.low())), period));
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
    return sizes(builder, raw, form.minWidth());
  }

  Operand<TFloating> heights(GraphBuilder builder, Operand<TFloating> raw) {
    return sizes(builder, raw, form.minHeight());
  }

  private Operand<TFloating> sizes(GraphBuilder builder, Operand<TFloating> raw, double minimum) {
    Ops tf = builder.tf();
    double box = form.high() - form.low();
    return tf.math.add(
        tf.math.mul(tf.nn.softmax(raw), builder.constant(box * (1 - form.bins() * minimum))),
        builder.constant(box * minimum));
  }

  /** Derivatives at the free knots less 1, so that 0 stands for the fixed ones. */
  Operand<TFloating> excessDerivatives(GraphBuilder builder, Operand<TFloating> raw) {
    Ops tf = builder.tf();
    double shift = Math.log(Math.expm1(1 - form.minDerivative()));
    return tf.math.add(
        tf.math.softplus(tf.math.add(raw, builder.constant(shift))),
        builder.constant(form.minDerivative() - 1));
  }
}
