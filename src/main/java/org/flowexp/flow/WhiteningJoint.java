package org.flowexp.flow;

import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Joint;

/** Whitening takes coordinates on the line alone. */
record WhiteningJoint() implements Joint {
  @Override
  public Optional<String> objection(CoordinateKinds before) {
    int angle = before.circular().indexOf(true);
    return angle < 0
        ? Optional.empty()
        : Optional.of("coordinate " + angle + " is an angle, which has no mean");
  }
}
