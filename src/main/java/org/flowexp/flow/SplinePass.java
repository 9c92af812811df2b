package org.flowexp.flow;

import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Many splines evaluated once, each at its argument, and differentiated by hand: TensorFlow's own
 * derivatives take ten operations for each of a formula's, on arrays too small for that. Splines
 * lie side by side on the last axis, [·, n · batch].
 */
final class SplinePass {
  private final GraphBuilder builder;
  private final Ops tf;
  private final SplineTransformer form;
  private final Operand<TFloating> argument;
  private final Operand<TFloating> raw;
  private final int n;

  /** Which way. */
  enum Direction {
    FORWARD,
    INVERSE
  }

  /**
   * To be evaluated.
   *
   * @param argument [batch, n]
   * @param raw as {@link SplineKnots} reads it
   */
  SplinePass(
      GraphBuilder builder,
      SplineTransformer form,
      Operand<TFloating> argument,
      Operand<TFloating> raw) {
    this.builder = builder;
    this.tf = builder.tf();
    this.form = form;
    this.argument = argument;
    this.raw = raw;
    this.n = Math.toIntExact(argument.shape().get(1));
  }

  Mapped mapped(Direction direction) {
    Arithmetic of = new Arithmetic(builder);
    Operand<TFloating> given = sideBySide(argument);
    Operand<TFloating> inside = inside(given);
    Operand<TFloating> offset = of.plus(inside, -form.low());
    SplineKnots knots = new SplineKnots(builder, form, raw, offset, side(direction));
    BinPoint point =
        switch (direction) {
          case FORWARD -> knots.bin().forward(offset);
          case INVERSE -> knots.bin().inverse(offset);
        };
    Operand<TFloating> image =
        switch (direction) {
          case FORWARD -> point.x();
          case INVERSE -> point.z();
        };
    // Outside the box the spline is evaluated at its end, where it is the end itself with
    // derivative 1: adding what was clipped off continues it by the identity.
    Operand<TFloating> value = of.plus(of.plus(image, form.low()), of.minus(given, inside));
    Operand<TFloating> log = builder.sum(byCoordinate(point.logDerivative()), 0);
    List<Operand<TFloating>> mapped =
        builder.withAdjoint(
            List.of(
                byRow(value),
                switch (direction) {
                  case FORWARD -> log;
                  case INVERSE -> of.negative(log);
                }),
            List.of(argument, raw),
            cotangents -> {
              Operand<TFloating> ofValue = sideBySide(cotangents.get(0));
              Operand<TFloating> ofLog = once(cotangents.get(1));
              BinPoint.Felt felt =
                  switch (direction) {
                    case FORWARD -> point.forward(ofValue, ofLog);
                    case INVERSE -> point.inverse(ofValue, of.negative(ofLog));
                  };
              return List.of(
                  byRow(argumentFelt(given, inside, ofValue, felt.argument())),
                  knots.felt(felt, raw));
            });
    return new Mapped(mapped.get(0), mapped.get(1));
  }

  private static SplineKnots.Side side(Direction direction) {
    return switch (direction) {
      case FORWARD -> SplineKnots.Side.WIDTHS;
      case INVERSE -> SplineKnots.Side.HEIGHTS;
    };
  }

  private Operand<TFloating> inside(Operand<TFloating> x) {
    return switch (form.tails()) {
      case LINEAR -> tf.clipByValue(x, builder.constant(form.low()), builder.constant(form.high()));
      case CIRCULAR -> wrapped(x);
    };
  }

  private Operand<TFloating> wrapped(Operand<TFloating> x) {
    Operand<TFloating> period = builder.constant(form.high() - form.low());
    Operand<TFloating> turns =
        tf.math.floor(tf.math.div(tf.math.sub(x, builder.constant(form.low())), period));
    return tf.math.sub(x, tf.math.mul(tf.stopGradient(turns), period));
  }

  private Operand<TFloating> argumentFelt(
      Operand<TFloating> given,
      Operand<TFloating> inside,
      Operand<TFloating> ofValue,
      Operand<TFloating> ofInside) {
    return switch (form.tails()) {
      case LINEAR -> tf.select(tf.math.equal(given, inside), ofInside, ofValue);
      case CIRCULAR -> ofInside;
    };
  }

  /** [batch, n] → [1, n · batch]. */
  private Operand<TFloating> sideBySide(Operand<TFloating> x) {
    return tf.reshape(tf.linalg.transpose(x, tf.array(1, 0)), tf.array(1, -1));
  }

  /** [1, n · batch] → [n, batch]. */
  private Operand<TFloating> byCoordinate(Operand<TFloating> x) {
    return tf.reshape(x, tf.array(n, -1));
  }

  /** [1, n · batch] → [batch, n]. */
  private Operand<TFloating> byRow(Operand<TFloating> x) {
    return tf.linalg.transpose(byCoordinate(x), tf.array(1, 0));
  }

  /** [batch] → [1, n · batch], once for each coordinate. */
  private Operand<TFloating> once(Operand<TFloating> x) {
    return tf.tile(tf.expandDims(x, tf.constant(0)), tf.array(1, n));
  }
}
