package org.flowexp.flow;

import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Joint;

/**
 * What a coupling asks of the coordinates before it, known without a graph.
 *
 * @param circular whether it transforms angles
 * @param contradiction between its own arguments
 */
record CouplingJoint(CoordinateMask mask, boolean circular, Optional<String> contradiction)
    implements Joint {
  @Override
  public Optional<String> objection(CoordinateKinds before) {
    if (contradiction.isPresent()) {
      return contradiction;
    }
    boolean[] selected = mask.of(before.dim());
    for (int i = 0; i < selected.length; i++) {
      boolean angle = before.circular().get(i);
      if (selected[i] && angle != circular) {
        return Optional.of(
            angle
                ? "coordinate "
                    + i
                    + " is an angle, which only `circular_spline` transforms;"
                    + " leave the angles out of this layer's mask"
                : "coordinate " + i + " is no angle, and it transforms angles");
      }
    }
    return Optional.empty();
  }
}
