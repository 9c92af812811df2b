package org.flowexp.flow;

import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A last layer that puts coordinates without a density where it has learned, such as hydrogens onto
 * heavy atoms. A configuration of data has them elsewhere.
 */
public interface Completion extends Bijection {
  /** x [batch, dim] with these coordinates where the layer puts them. */
  default Operand<TFloating> completed(Parameters parameters, Operand<TFloating> x) {
    return forward(parameters, inverse(parameters, x).value()).value();
  }
}
