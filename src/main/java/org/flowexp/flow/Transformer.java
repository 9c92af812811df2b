package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * An increasing map of each coordinate, steered by numbers from a conditioner. All-zero numbers
 * give the identity.
 */
public interface Transformer {
  /** Whether the coordinates are angles: the map commutes with whole turns. */
  default boolean isCircular() {
    return false;
  }

  /** How many numbers steer one coordinate. */
  int numbersPerCoordinate();

  /**
   * Latent → configuration.
   *
   * @param z [n, batch]
   * @param raw unconstrained numbers, [n · numbersPerCoordinate, batch]: the first of each
   *     coordinate, then the second of each, and so on
   * @return the image [n, batch] and Σ log of the derivatives [batch]
   */
  Mapped forward(GraphBuilder builder, Operand<TFloating> z, Operand<TFloating> raw);

  /**
   * Configuration → latent.
   *
   * @param x [n, batch]
   * @param raw the same as forward
   */
  Mapped inverse(GraphBuilder builder, Operand<TFloating> x, Operand<TFloating> raw);

  /**
   * A forward pass that remembers its way.
   *
   * @param mapped latent → configuration
   * @param back its inverse at the image, as {@link org.flowexp.flow.Traced#back}
   */
  record Steered(Mapped mapped, Back back) {}

  /** The way back. */
  @FunctionalInterface
  interface Back {
    /**
     * The inverse.
     *
     * @param x has the values of the image
     * @param raw has the values of the forward pass
     */
    Mapped at(Operand<TFloating> x, Operand<TFloating> raw);
  }

  /**
   * Latent → configuration and back again.
   *
   * @param z [n, batch]
   * @param raw as {@link #forward}
   */
  default Steered steered(GraphBuilder builder, Operand<TFloating> z, Operand<TFloating> raw) {
    return new Steered(forward(builder, z, raw), (x, again) -> inverse(builder, x, again));
  }
}
