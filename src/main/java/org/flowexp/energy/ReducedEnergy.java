package org.flowexp.energy;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** u = (U + penalties)/kT, the negative logarithm of an unnormalised target density. */
public interface ReducedEnergy {

  /** The number of coordinates of a configuration. */
  int dim();

  /**
   * u(x): configurations [batch, dim] to [batch], in units of kT; +∞ or NaN where there is no mass.
   */
  Operand<TFloating> reduced(GraphBuilder g, Operand<TFloating> x);
}
