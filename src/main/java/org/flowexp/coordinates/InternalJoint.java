package org.flowexp.coordinates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Joint;
import org.flowexp.molecule.AtomSet;
import org.flowexp.molecule.Compound;

/**
 * Internal coordinates as a part of an architecture: before it the coordinates of the layout, after
 * it positions.
 *
 * @param layout empty if the molecule has none
 * @param why it has none
 * @param width numbers of a configuration of the whole molecule
 */
record InternalJoint(Optional<InternalLayout> layout, String why, int width) implements Joint {

  static InternalJoint of(Compound compound, Optional<AtomSet> atoms) {
    int width = 3 * compound.topology().size();
    try {
      return new InternalJoint(Optional.of(layout(compound, atoms)), "", width);
    } catch (IllegalArgumentException unplaced) {
      return new InternalJoint(Optional.empty(), unplaced.getMessage(), width);
    }
  }

  static InternalLayout layout(Compound compound, Optional<AtomSet> atoms) {
    if (atoms.isEmpty()) {
      return InternalLayout.of(compound);
    }
    if (!atoms.get().topology().equals(compound.topology())) {
      throw new IllegalArgumentException("its atoms are of another molecule");
    }
    return InternalLayout.of(compound, atoms.get().places());
  }

  @Override
  public int rowDim(CoordinateKinds before) {
    return width;
  }

  @Override
  public Optional<String> objection(CoordinateKinds before) {
    if (layout.isEmpty()) {
      return Optional.of(why);
    }
    CoordinateKinds wanted = layout.get().kinds();
    if (wanted.equals(before)) {
      return Optional.empty();
    }
    long angles = wanted.circular().stream().filter(angle -> angle).count();
    return Optional.of(
        "it takes %d coordinates, the last %d of them angles: begin with its `latent`"
            .formatted(wanted.dim(), angles));
  }

  @Override
  public CoordinateKinds after(CoordinateKinds before) {
    return CoordinateKinds.linear(before.dim() + 6);
  }

  @Override
  public Optional<CoordinateKinds> latent() {
    return layout.map(InternalLayout::kinds);
  }

  @Override
  public Map<String, CoordinateMask> masks() {
    Map<String, CoordinateMask> masks = new LinkedHashMap<>();
    layout.ifPresent(
        known -> {
          int bonds = known.lengths().size();
          int angles = bonds - 1;
          int bounded = known.boundedRows().size();
          masks.put("bonds", range(0, bonds));
          masks.put("angles", range(bonds, bonds + angles));
          masks.put("impropers", range(bonds + angles, bonds + angles + bounded));
          masks.put("torsions", range(bonds + angles + bounded, known.dim()));
        });
    return masks;
  }

  private static CoordinateMask range(int from, int to) {
    List<Integer> among = new ArrayList<>();
    for (int i = from; i < to; i++) {
      among.add(i);
    }
    return new CoordinateMask.Among(among);
  }
}
