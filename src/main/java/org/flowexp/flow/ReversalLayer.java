package org.flowexp.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.tensor.ParameterLayout;

/** {@code reverse()} of the language. */
record ReversalLayer() implements Layer {
  @Override
  public CoordinateKinds after(CoordinateKinds before) {
    List<Boolean> circular = new ArrayList<>(before.circular());
    Collections.reverse(circular);
    return new CoordinateKinds(circular);
  }

  @Override
  public Bijection build(ParameterLayout layout, String name, CoordinateKinds coordinates) {
    return Permutation.reversal(coordinates.dim());
  }
}
