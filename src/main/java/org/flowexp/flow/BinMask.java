package org.flowexp.flow;

import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Which bin of each spline holds its argument: 0-1 masks, detached. Bins are on the first axis,
 * splines on the second.
 */
final class BinMask {
  private final GraphBuilder builder;
  private final Ops tf;
  private final int bins;
  private final Operand<TFloating> below;
  private final Operand<TFloating> here;

  /**
   * Finds the bins.
   *
   * @param argument from the low end of the box [1, splines]
   * @param knots as {@link BinSizes#knots} has them [K + 1, splines]
   */
  BinMask(GraphBuilder builder, int bins, Operand<TFloating> argument, Operand<TFloating> knots) {
    this.builder = builder;
    this.tf = builder.tf();
    this.bins = bins;
    // A turn taken off can leave an argument below the low end, by rounding.
    Operand<TFloating> inside = tf.math.maximum(argument, builder.constant(0));
    Operand<TFloating> reached =
        tf.dtypes.cast(
            tf.math.greaterEqual(tf.stopGradient(inside), tf.stopGradient(knots)),
            builder.precision().type());
    this.below = rows(reached, 1, bins + 1);
    this.here = tf.math.sub(rows(reached, 0, bins), below);
  }

  /** 1 for the bin, else 0: [K, splines]. */
  Operand<TFloating> here() {
    return here;
  }

  /** 1 for each bin under the bin, else 0: [K, splines]. */
  Operand<TFloating> below() {
    return below;
  }

  /** The bin's number, from 0: [1, splines]. */
  Operand<TFloating> number() {
    return builder.sumKeepingAxes(below, 0);
  }

  /** {@link #here} without the first bin. */
  Operand<TFloating> butFirst() {
    return range(1, bins);
  }

  /** {@link #here} without the last bin. */
  Operand<TFloating> butLast() {
    return range(0, bins - 1);
  }

  /** {@link #here} with each bin in the next one's place, the last in the first's. */
  Operand<TFloating> turned() {
    return builder.concat(0, List.of(range(bins - 1, bins), butLast()));
  }

  /** What is under a mask: [1, splines]. */
  Operand<TFloating> pick(Operand<TFloating> mask, Operand<TFloating> entries) {
    return builder.sumKeepingAxes(tf.math.mul(mask, entries), 0);
  }

  private Operand<TFloating> range(int from, int to) {
    return rows(here, from, to);
  }

  private Operand<TFloating> rows(Operand<TFloating> x, int from, int to) {
    return tf.slice(x, tf.array(from, 0), tf.array(to - from, -1));
  }
}
