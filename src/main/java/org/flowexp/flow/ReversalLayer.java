package org.flowexp.flow;

import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.tensor.ParameterLayout;

/** {@code reverse()} of the language. */
record ReversalLayer() implements Layer {
  @Override
  public Bijection build(ParameterLayout layout, String name, CoordinateKinds coordinates) {
    return Permutation.reversal(coordinates.dim());
  }
}
