package org.flowexp.sampler;

import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Joint;

/** A move that turns angles needs some. */
record AngleJoint() implements Joint {
  @Override
  public Optional<String> objection(CoordinateKinds walked) {
    return walked.circular().contains(true)
        ? Optional.empty()
        : Optional.of("none of its " + walked.dim() + " coordinates is an angle of any turn");
  }
}
