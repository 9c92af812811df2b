package org.flowexp.flow;

import java.util.Arrays;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.family.TFloating;

/**
 * The widths, or the heights, of the bins of many splines: box · (minimum + (1 − K minimum) ·
 * softmax), and where the bins start. Bins are on the first axis, splines on the second, so that
 * each operation runs over long rows.
 */
final class BinSizes {
  private final Arithmetic of;
  private final double floor;
  private final double free;

  /** Above the floor: [K, splines]. */
  private final Operand<TFloating> shares;

  private final Operand<TFloating> sizes;
  private final Operand<TFloating> knots;
  private final Operand<TFloating> starts;

  /**
   * From a conditioner's numbers.
   *
   * @param raw [K, splines]
   * @param box length that the bins fill
   * @param minimum of a bin, as a share of the box
   */
  BinSizes(GraphBuilder builder, Operand<TFloating> raw, int bins, double box, double minimum) {
    this.of = new Arithmetic(builder);
    this.floor = box * minimum;
    this.free = box * (1 - bins * minimum);
    Ops tf = builder.tf();
    Operand<TFloating> top = tf.reduceMax(raw, tf.constant(0), ReduceMax.keepDims(true));
    Operand<TFloating> powers = tf.math.exp(of.minus(raw, top));
    this.shares = of.times(powers, of.over(free, builder.sumKeepingAxes(powers, 0)));
    this.sizes = of.plus(shares, floor);
    this.knots = tf.linalg.matMul(builder.constant(sums(bins)), sizes);
    this.starts = tf.slice(knots, tf.array(0, 0), tf.array(bins, -1));
  }

  // A product of matrices takes a sixth of the time of sums one after the other, and Cumsum along
  // this axis forty times as long.
  private static double[][] sums(int bins) {
    double[][] sums = new double[bins + 1][bins];
    for (int i = 1; i < bins; i++) {
      Arrays.fill(sums[i], 0, i, 1);
    }
    Arrays.fill(sums[bins], 2);
    return sums;
  }

  /**
   * Where the bins start, from the low end of the box, and last, for the high end, what no argument
   * reaches: [K + 1, splines].
   */
  Operand<TFloating> knots() {
    return knots;
  }

  /** Of the bin under the mask [1, splines]. */
  Operand<TFloating> size(BinMask mask) {
    return mask.pick(mask.here(), sizes);
  }

  /** Where the bin under the mask starts, from the low end of the box [1, splines]. */
  Operand<TFloating> start(BinMask mask) {
    return mask.pick(mask.here(), starts);
  }

  /**
   * What the conditioner's numbers feel [K, splines] of a bin's size and start.
   *
   * @param size the bin's
   * @param start the bin's
   */
  Operand<TFloating> felt(
      BinMask mask,
      Operand<TFloating> size,
      Operand<TFloating> start,
      Operand<TFloating> ofSize,
      Operand<TFloating> ofStart) {
    // Of a softmax: each share times (what it feels less the mean of that over the shares).
    Operand<TFloating> sum =
        of.plus(
            of.times(of.plus(size, -floor), ofSize),
            of.times(of.minus(start, of.times(floor, mask.number())), ofStart));
    Operand<TFloating> each =
        of.plus(of.times(mask.here(), ofSize), of.times(mask.below(), ofStart));
    return of.times(shares, of.minus(each, of.times(1 / free, sum)));
  }
}
