package org.flowexp.system;

import java.util.Optional;
import org.flowexp.energy.AlignmentPenalty;

/** What holds a molecule in its pose, if anything does. */
@FunctionalInterface
public interface Posing {
  /** The energy that depends on the pose; none where the density is one of shapes. */
  Optional<AlignmentPenalty> penalty();
}
