package org.flowexp.coordinates;

import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Joint;
import org.flowexp.molecule.Compound;

/**
 * The placing of hydrogens as a part of an architecture: before it the positions of heavy atoms,
 * after it those of all.
 *
 * @param attachment empty if the molecule's hydrogens cannot be placed
 * @param why they cannot
 */
record HydrogenJoint(Optional<Attachment> attachment, String why) implements Joint {

  static HydrogenJoint of(Compound compound) {
    try {
      Attachment attachment = Attachment.ofHydrogens(compound);
      InternalLayout.of(compound, attachment.outside());
      attachment.turns(InternalLayout.of(compound));
      return new HydrogenJoint(Optional.of(attachment), "");
    } catch (IllegalArgumentException unplaced) {
      return new HydrogenJoint(Optional.empty(), unplaced.getMessage());
    }
  }

  @Override
  public Optional<String> objection(CoordinateKinds before) {
    if (attachment.isEmpty()) {
      return Optional.of(why);
    }
    int heavy = attachment.get().outside().size();
    return before.equals(CoordinateKinds.linear(3 * heavy))
        ? Optional.empty()
        : Optional.of(
            "it takes the positions of %d heavy atoms, %d numbers, not %d; put `internal_coordinates` of these `atoms` before it"
                .formatted(heavy, 3 * heavy, before.dim()));
  }

  @Override
  public CoordinateKinds after(CoordinateKinds before) {
    return CoordinateKinds.linear(3 * attachment.orElseThrow().atoms());
  }

  @Override
  public boolean isLast() {
    return true;
  }
}
