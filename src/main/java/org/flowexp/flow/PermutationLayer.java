package org.flowexp.flow;

import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.tensor.ParameterLayout;

/** A permutation of the language. */
record PermutationLayer(OrderJoint joint) implements Layer {
  @Override
  public Bijection build(ParameterLayout layout, String name, CoordinateKinds coordinates) {
    return new Permutation(joint.order(coordinates.dim()));
  }
}
