package org.flowexp.sampler;

import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Joint;
import org.flowexp.catalog.Pace;

/** Only a molecule's coordinates, of which some are angles, have a unit of time. */
record PaceJoint(Pace pace) implements Joint {
  @Override
  public Optional<String> objection(CoordinateKinds walked) {
    return pace.isTime() && !walked.circular().contains(true)
        ? Optional.of("its coordinates have no unit of time; write a step without unit")
        : Optional.empty();
  }
}
