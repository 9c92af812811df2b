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
  private final Arithmetic of;
  private final SplineTransformer form;
  private final Operand<TFloating> argument;
  private final Operand<TFloating> raw;
  private final Direction direction;
  private final int n;
  private final Operand<TFloating> given;
  private final Operand<TFloating> inside;
  private final SplineKnots knots;
  private final BinPoint point;

  /** Which way. */
  enum Direction {
    FORWARD,
    INVERSE
  }

  /**
   * Evaluates.
   *
   * @param argument [n, batch]
   * @param raw as {@link SplineKnots} reads it
   */
  SplinePass(
      GraphBuilder builder,
      SplineTransformer form,
      Operand<TFloating> argument,
      Operand<TFloating> raw,
      Direction direction) {
    this.builder = builder;
    this.tf = builder.tf();
    this.of = new Arithmetic(builder);
    this.form = form;
    this.argument = argument;
    this.raw = raw;
    this.direction = direction;
    this.n = Math.toIntExact(argument.shape().get(0));
    this.given = sideBySide(argument);
    this.inside = inside(given);
    Operand<TFloating> offset = of.plus(inside, -form.low());
    this.knots = new SplineKnots(builder, form, raw, offset, side(direction));
    this.point =
        switch (direction) {
          case FORWARD -> knots.bin().forward(offset);
          case INVERSE -> knots.bin().inverse(offset);
        };
  }

  /** What the splines give. */
  Mapped mapped() {
    Operand<TFloating> image =
        switch (direction) {
          case FORWARD -> point.x();
          case INVERSE -> point.z();
        };
    // Outside the box the spline is evaluated at its end, where it is the end itself with
    // derivative 1: adding what was clipped off continues it by the identity.
    Operand<TFloating> value = of.plus(of.plus(image, form.low()), of.minus(given, inside));
    Operand<TFloating> log = logDet();
    return differentiated(
        new Mapped(
            byCoordinate(value),
            switch (direction) {
              case FORWARD -> log;
              case INVERSE -> of.negative(log);
            }),
        argument,
        raw,
        direction);
  }

  /**
   * The inverse at the image of a forward pass, which found the bins already.
   *
   * @param image has the values of {@link #mapped}
   * @param again has the values of the raw numbers
   */
  Mapped back(Operand<TFloating> image, Operand<TFloating> again) {
    return differentiated(
        new Mapped(argument, of.negative(logDet())), image, again, Direction.INVERSE);
  }

  private Operand<TFloating> logDet() {
    return builder.sum(byCoordinate(point.logDerivative()), 0);
  }

  private Mapped differentiated(
      Mapped values, Operand<TFloating> x, Operand<TFloating> numbers, Direction way) {
    List<Operand<TFloating>> mapped =
        builder.withAdjoint(
            List.of(values.value(), values.logDet()),
            List.of(x, numbers),
            cotangents -> felt(sideBySide(cotangents.get(0)), once(cotangents.get(1)), way));
    return new Mapped(mapped.get(0), mapped.get(1));
  }

  private List<Operand<TFloating>> felt(
      Operand<TFloating> ofValue, Operand<TFloating> ofLog, Direction way) {
    BinPoint.Felt felt =
        switch (way) {
          case FORWARD -> point.forward(ofValue, ofLog);
          case INVERSE -> point.inverse(ofValue, of.negative(ofLog));
        };
    return List.of(byCoordinate(argumentFelt(ofValue, felt.argument())), knots.felt(felt, raw));
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

  private Operand<TFloating> argumentFelt(Operand<TFloating> ofValue, Operand<TFloating> ofInside) {
    return switch (form.tails()) {
      case LINEAR -> tf.select(tf.math.equal(given, inside), ofInside, ofValue);
      case CIRCULAR -> ofInside;
    };
  }

  /** [n, batch] → [1, n · batch]. */
  private Operand<TFloating> sideBySide(Operand<TFloating> x) {
    return tf.reshape(x, tf.array(1, -1));
  }

  /** [1, n · batch] → [n, batch]. */
  private Operand<TFloating> byCoordinate(Operand<TFloating> x) {
    return tf.reshape(x, tf.array(n, -1));
  }

  /** [batch] → [1, n · batch], once for each coordinate. */
  private Operand<TFloating> once(Operand<TFloating> x) {
    return tf.tile(tf.expandDims(x, tf.constant(0)), tf.array(1, n));
  }
}
