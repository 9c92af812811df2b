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
   * @param z [batch, n]
   * @param raw n · numbersPerCoordinate unconstrained numbers a row
   * @return the image and Σ log of the derivatives
   */
  Mapped forward(GraphBuilder builder, Operand<TFloating> z, Steering raw);

  /**
   * Configuration → latent.
   *
   * @param x [batch, n]
   * @param raw the same as forward
   */
  Mapped inverse(GraphBuilder builder, Operand<TFloating> x, Steering raw);
}
