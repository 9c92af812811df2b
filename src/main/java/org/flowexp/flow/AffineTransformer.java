package org.flowexp.flow;

import java.util.List;
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
  public Mapped forward(GraphBuilder builder, Operand<TFloating> z, Operand<TFloating> raw) {
    Ops tf = builder.tf();
    List<Operand<TFloating>> halves = halves(builder, z, raw);
    Operand<TFloating> s = logScale(builder, halves.get(0));
    return new Mapped(
        tf.math.add(tf.math.mul(z, tf.math.exp(s)), halves.get(1)), builder.sum(s, 0));
  }

  @Override
  public Mapped inverse(GraphBuilder builder, Operand<TFloating> x, Operand<TFloating> raw) {
    Ops tf = builder.tf();
    List<Operand<TFloating>> halves = halves(builder, x, raw);
    Operand<TFloating> negative = tf.math.neg(logScale(builder, halves.get(0)));
    return new Mapped(
        tf.math.mul(tf.math.sub(x, halves.get(1)), tf.math.exp(negative)),
        builder.sum(negative, 0));
  }

  /** Log-scales before the bound, and shifts. */
  private static List<Operand<TFloating>> halves(
      GraphBuilder builder, Operand<TFloating> x, Operand<TFloating> raw) {
    int n = Math.toIntExact(x.shape().get(0));
    return builder.split(0, raw, n, n);
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
