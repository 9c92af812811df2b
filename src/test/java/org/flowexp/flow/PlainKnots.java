package org.flowexp.flow;

import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The knots of one spline a row and coordinate, and the bin an argument falls into. The bin is
 * found by comparing with all inner knots at once; what belongs to it is summed out under 0-1
 * masks, which costs few large operations and has a plain gradient (a gather's is a scatter).
 */
final class PlainKnots {
  private final GraphBuilder builder;
  private final Ops tf;
  private final PlainSpline form;
  private final Operand<TFloating> widths;
  private final Operand<TFloating> heights;
  private final Operand<TFloating> excess;

  /**
   * Reads [batch, n · numbersPerCoordinate]: all widths, then all heights, then all derivatives, so
   * that the split copies long rows.
   */
  PlainKnots(GraphBuilder builder, PlainSpline form, Operand<TFloating> raw) {
    this.builder = builder;
    this.tf = builder.tf();
    this.form = form;
    int numbers = Math.toIntExact(raw.shape().get(1));
    int n = numbers / form.form().numbersPerCoordinate();
    int k = form.form().bins();
    var parts = builder.split(1, raw, n * k, n * k, n * form.form().freeDerivatives());
    this.widths = form.widths(builder, perCoordinate(parts.get(0), n, k));
    this.heights = form.heights(builder, perCoordinate(parts.get(1), n, k));
    this.excess =
        form.excessDerivatives(
            builder, perCoordinate(parts.get(2), n, form.form().freeDerivatives()));
  }

  private Operand<TFloating> perCoordinate(Operand<TFloating> x, int n, int count) {
    return tf.reshape(x, tf.array(-1, n, count));
  }

  /** The bin whose interval of widths holds z [batch, n]. */
  PlainRationalQuadratic binByWidths(Operand<TFloating> z) {
    return bin(z, widths);
  }

  /** The bin whose interval of heights holds x [batch, n]. */
  PlainRationalQuadratic binByHeights(Operand<TFloating> x) {
    return bin(x, heights);
  }

  private PlainRationalQuadratic bin(Operand<TFloating> x, Operand<TFloating> sizes) {
    Operand<TFloating> passed = passed(x, sizes);
    Operand<TFloating> below = tf.pad(passed, padding(0, 1), builder.constant(0));
    Operand<TFloating> reached = tf.pad(passed, padding(1, 0), builder.constant(1));
    Operand<TFloating> here = tf.math.sub(reached, below);
    Operand<TFloating> low = builder.constant(form.form().low());
    return new PlainRationalQuadratic(
        builder,
        tf.math.add(masked(below, widths), low),
        masked(here, widths),
        tf.math.add(masked(below, heights), low),
        masked(here, heights),
        derivative(leftKnot(here)),
        derivative(rightKnot(here)));
  }

  /** 1 for each inner knot at or below x, else 0: [batch, n, bins − 1], detached. */
  private Operand<TFloating> passed(Operand<TFloating> x, Operand<TFloating> sizes) {
    Operand<TFloating> ends =
        tf.math.cumsum(tf.stopGradient(sizes), tf.constant(2), new Cumsum.Options[0]);
    Operand<TFloating> inner =
        tf.slice(ends, tf.array(0, 0, 0), tf.array(-1, -1, form.form().bins() - 1));
    Operand<TFloating> offset =
        tf.expandDims(tf.math.sub(x, builder.constant(form.form().low())), tf.constant(2));
    return tf.dtypes.cast(
        tf.math.greaterEqual(tf.stopGradient(offset), inner), builder.precision().type());
  }

  private Operand<TFloating> masked(Operand<TFloating> mask, Operand<TFloating> x) {
    return builder.sum(tf.math.mul(mask, x), 2);
  }

  private Operand<TFloating> derivative(Operand<TFloating> mask) {
    return tf.math.add(masked(mask, excess), builder.constant(1));
  }

  /** Which free derivative is at the bin's left end. */
  private Operand<TFloating> leftKnot(Operand<TFloating> here) {
    return switch (form.form().tails()) {
      case LINEAR -> bins(here, 1, form.form().bins());
      case CIRCULAR -> here;
    };
  }

  /** Which free derivative is at the bin's right end. */
  private Operand<TFloating> rightKnot(Operand<TFloating> here) {
    Operand<TFloating> butLast = bins(here, 0, form.form().bins() - 1);
    return switch (form.form().tails()) {
      case LINEAR -> butLast;
      case CIRCULAR ->
          builder.concat(
              2, List.of(bins(here, form.form().bins() - 1, form.form().bins()), butLast));
    };
  }

  private Operand<TFloating> bins(Operand<TFloating> mask, int from, int to) {
    return tf.slice(mask, tf.array(0, 0, from), tf.array(-1, -1, to - from));
  }

  private Operand<TInt32> padding(int before, int after) {
    return tf.constant(new int[][] {{0, 0}, {0, 0}, {before, after}});
  }
}
