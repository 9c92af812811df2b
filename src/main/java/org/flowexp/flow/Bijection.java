package org.flowexp.flow;

import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * An invertible map of rows. An implementation with parameters claims its slices of a {@link
 * org.flowexp.tensor.ParameterLayout} when it is constructed, and finds their tensors in the {@link
 * Parameters} it is evaluated with; it holds nothing of a graph, so one bijection serves several
 * graphs and precisions.
 */
public interface Bijection {
  /** The number of coordinates of a configuration. */
  int dim();

  /**
   * The number of coordinates of a latent; as many as of a configuration unless an embedding says
   * otherwise.
   */
  default int latentDim() {
    return dim();
  }

  /**
   * Latent → configuration.
   *
   * @param z [batch, latentDim]
   */
  Mapped forward(Parameters parameters, Operand<TFloating> z);

  /**
   * Configuration → latent.
   *
   * @param x [batch, dim]
   */
  Mapped inverse(Parameters parameters, Operand<TFloating> x);

  /**
   * Latent → configuration and back again, differentiable both ways.
   *
   * @param z [batch, latentDim]
   */
  default Traced traced(Parameters parameters, Operand<TFloating> z) {
    return new Traced(forward(parameters, z), x -> inverse(parameters, x));
  }
}
