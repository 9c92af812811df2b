package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
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
    return pass(builder, z, raw).forward(z);
  }

  @Override
  public Mapped inverse(GraphBuilder builder, Operand<TFloating> x, Operand<TFloating> raw) {
    return pass(builder, x, raw).inverse(x);
  }

  @Override
  public Steered steered(GraphBuilder builder, Operand<TFloating> z, Operand<TFloating> raw) {
    AffinePass pass = pass(builder, z, raw);
    return new Steered(pass.forward(z), (x, again) -> pass.back(z, x, again));
  }

  private AffinePass pass(
      GraphBuilder builder, Operand<TFloating> argument, Operand<TFloating> raw) {
    return new AffinePass(builder, maxLogScale, Math.toIntExact(argument.shape().get(0)), raw);
  }
}
