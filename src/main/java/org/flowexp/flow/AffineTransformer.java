package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * x = z·eˢ + t with s = m·tanh(raw/m): Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real
 * NVP" (2017), eq. 4, with a bounded log-scale.
 *
 * @param maxLogScale m: one layer stretches by a factor in e^±m
 */
public record AffineTransformer(double maxLogScale) implements Transformer {
  /** Checks the bound. */
  public AffineTransformer {
    if (!(maxLogScale > 0)) {
      throw new IllegalArgumentException("maximum log-scale " + maxLogScale);
    }
  }

  @Override
  public int numbersPerCoordinate() {
    return 2;
  }

  @Override
  public Mapped forward(GraphBuilder builder, Operand<TFloating> z, Steering raw) {
    Ops tf = builder.tf();
    var halves = tf.split(tf.constant(1), raw.byRow(), 2L).output();
    Operand<TFloating> s = logScale(builder, halves.get(0));
    return new Mapped(
        tf.math.add(tf.math.mul(z, tf.math.exp(s)), halves.get(1)), builder.sum(s, 1));
  }

  @Override
  public Mapped inverse(GraphBuilder builder, Operand<TFloating> x, Steering raw) {
    Ops tf = builder.tf();
    var halves = tf.split(tf.constant(1), raw.byRow(), 2L).output();
    Operand<TFloating> negative = tf.math.neg(logScale(builder, halves.get(0)));
    return new Mapped(
        tf.math.mul(tf.math.sub(x, halves.get(1)), tf.math.exp(negative)),
        builder.sum(negative, 1));
  }

  private Operand<TFloating> logScale(GraphBuilder builder, Operand<TFloating> raw) {
    Ops tf = builder.tf();
    if (maxLogScale == 1) {
      return tf.math.tanh(raw);
    }
    return tf.math.mul(
        tf.math.tanh(tf.math.mul(raw, builder.constant(1 / maxLogScale))),
        builder.constant(maxLogScale));
  }
}
