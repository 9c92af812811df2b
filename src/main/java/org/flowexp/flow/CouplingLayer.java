package org.flowexp.flow;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.tensor.ParameterLayout;

/**
 * A coupling of the language: its mask becomes one of so many coordinates where it is built.
 *
 * @param transformer of angles if it is circular, else of coordinates on the line
 */
record CouplingLayer(CoordinateMask mask, Network network, Transformer transformer)
    implements Layer {
  @Override
  public Bijection build(ParameterLayout layout, String name, CoordinateKinds coordinates) {
    List<Boolean> transformed = new ArrayList<>();
    for (boolean flag : mask.of(coordinates.dim())) {
      transformed.add(flag);
    }
    return new Coupling(
        layout, name, new Mask(transformed), coordinates.circular(), network, transformer);
  }
}
