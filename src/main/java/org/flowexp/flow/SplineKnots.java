package org.flowexp.flow;

import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The knots of many splines, and the bin of each that holds its argument. A bin's numbers are
 * summed out under 0-1 masks, which costs few large operations; a gather goes number by number.
 */
final class SplineKnots {
  private final GraphBuilder builder;
  private final Ops tf;
  private final SplineTransformer form;
  private final BinSizes widths;
  private final BinSizes heights;
  private final BinMask mask;
  private final Operand<TFloating> leftKnot;
  private final Operand<TFloating> rightKnot;
  private final List<Operand<TFloating>> rawDerivatives;
  private final RationalQuadratic bin;

  /** On which side a bin is looked for. */
  enum Side {
    WIDTHS,
    HEIGHTS
  }

  /**
   * Finds the bins.
   *
   * @param raw widths of all bins, then heights, then derivatives; of each first all splines'
   *     first: [numbers · n, batch]
   * @param argument from the low end of the box [1, n · batch]
   */
  SplineKnots(
      GraphBuilder builder,
      SplineTransformer form,
      Operand<TFloating> raw,
      Operand<TFloating> argument,
      Side side) {
    this.builder = builder;
    this.tf = builder.tf();
    this.form = form;
    int k = form.bins();
    int n = Math.toIntExact(raw.shape().get(0)) / form.numbersPerCoordinate();
    var parts = builder.split(0, raw, n * k, n * k, n * form.freeDerivatives());
    double box = form.high() - form.low();
    this.widths = new BinSizes(builder, bySpline(parts.get(0), k), k, box, form.minWidth());
    this.heights = new BinSizes(builder, bySpline(parts.get(1), k), k, box, form.minHeight());
    this.mask =
        new BinMask(
            builder,
            k,
            argument,
            switch (side) {
              case WIDTHS -> widths.knots();
              case HEIGHTS -> heights.knots();
            });
    this.leftKnot =
        switch (form.tails()) {
          case LINEAR -> mask.butFirst();
          case CIRCULAR -> mask.here();
        };
    this.rightKnot =
        switch (form.tails()) {
          case LINEAR -> mask.butLast();
          case CIRCULAR -> mask.turned();
        };
    Operand<TFloating> free = bySpline(parts.get(2), form.freeDerivatives());
    this.rawDerivatives = List.of(mask.pick(leftKnot, free), mask.pick(rightKnot, free));
    this.bin =
        new RationalQuadratic(
            builder,
            widths.start(mask),
            widths.size(mask),
            heights.start(mask),
            heights.size(mask),
            derivative(rawDerivatives.get(0)),
            derivative(rawDerivatives.get(1)));
  }

  /** The bins, counted from the low ends of the box. */
  RationalQuadratic bin() {
    return bin;
  }

  private Operand<TFloating> bySpline(Operand<TFloating> x, int count) {
    return tf.reshape(x, tf.array(count, -1));
  }

  // Raw 0 stands for the derivative 1, also where a knot has no number of its own.
  private Operand<TFloating> derivative(Operand<TFloating> raw) {
    return tf.math.add(
        tf.math.softplus(tf.math.add(raw, builder.constant(form.shift()))),
        builder.constant(form.minDerivative()));
  }

  private Operand<TFloating> rawFelt(Operand<TFloating> raw, Operand<TFloating> ofDerivative) {
    return tf.math.mul(
        ofDerivative, tf.math.sigmoid(tf.math.add(raw, builder.constant(form.shift()))));
  }

  /** What the raw numbers feel, in their shape. */
  Operand<TFloating> felt(BinPoint.Felt felt, Operand<TFloating> raw) {
    Operand<TFloating> ofWidths =
        widths.felt(mask, bin.width(), bin.left(), felt.width(), felt.left());
    Operand<TFloating> ofHeights =
        heights.felt(mask, bin.height(), bin.bottom(), felt.height(), felt.bottom());
    Operand<TFloating> ofDerivatives =
        tf.math.add(
            tf.math.mul(leftKnot, rawFelt(rawDerivatives.get(0), felt.leftDerivative())),
            tf.math.mul(rightKnot, rawFelt(rawDerivatives.get(1), felt.rightDerivative())));
    return tf.reshape(
        builder.concat(0, List.of(ofWidths, ofHeights, ofDerivatives)), tf.shape(raw));
  }
}
