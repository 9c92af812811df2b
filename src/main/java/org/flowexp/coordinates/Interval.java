package org.flowexp.coordinates;

import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Angles kept within bounds: angle = middle + width (sigmoid(b) − ½), one row of [rows, batch]
 * each.
 *
 * @param middles rad
 * @param widths rad
 */
record Interval(List<Double> middles, List<Double> widths) {
  Interval {
    middles = List.copyOf(middles);
    widths = List.copyOf(widths);
  }

  int size() {
    return middles.size();
  }

  private Operand<TFloating> column(GraphBuilder g, List<Double> values) {
    return g.constant(values.stream().mapToDouble(Double::doubleValue).toArray(), values.size(), 1);
  }

  /** Angle from b. */
  Operand<TFloating> angle(GraphBuilder g, Operand<TFloating> b) {
    var tf = g.tf();
    Operand<TFloating> centred = tf.math.sub(tf.math.sigmoid(b), g.constant(0.5));
    return tf.math.add(tf.math.mul(centred, column(g, widths)), column(g, middles));
  }

  /** ln |d angle/d b|, from b: ln width − softplus(b) − softplus(−b). */
  Operand<TFloating> logSlope(GraphBuilder g, Operand<TFloating> b) {
    var tf = g.tf();
    List<Double> logs = widths.stream().map(Math::log).toList();
    return tf.math.sub(
        column(g, logs), tf.math.add(tf.math.softplus(b), tf.math.softplus(tf.math.neg(b))));
  }

  /** b from the angle less its middle; NaN outside the bounds. */
  Operand<TFloating> coordinate(GraphBuilder g, Operand<TFloating> offset) {
    var tf = g.tf();
    Operand<TFloating> share = tf.math.add(tf.math.div(offset, column(g, widths)), g.constant(0.5));
    return tf.math.sub(tf.math.log(share), tf.math.log(tf.math.sub(g.constant(1), share)));
  }
}
