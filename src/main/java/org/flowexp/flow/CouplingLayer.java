package org.flowexp.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  public Optional<String> objection(CoordinateKinds before) {
    boolean[] selected = mask.of(before.dim());
    for (int i = 0; i < selected.length; i++) {
      boolean circular = before.circular().get(i);
      if (selected[i] && circular != transformer.isCircular()) {
        return Optional.of(
            circular
                ? "coordinate " + i + " is an angle, which only `circular_spline` transforms"
                : "coordinate " + i + " is no angle, and it transforms angles");
      }
    }
    return Optional.empty();
  }

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
