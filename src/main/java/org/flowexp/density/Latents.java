package org.flowexp.density;

import java.util.List;
import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.Joint;
import org.flowexp.catalog.Part;

/** The coordinates that a base density makes, known without a graph. */
record Latents(CoordinateKinds kinds, Optional<String> contradiction) implements Joint {
  private static final CoordinateKinds NOTHING = CoordinateKinds.linear(0);

  static Latents linear(long dim) {
    return new Latents(CoordinateKinds.linear(Math.toIntExact(dim)), Optional.empty());
  }

  static Latents angles(long dim) {
    return new Latents(CoordinateKinds.angles(Math.toIntExact(dim)), Optional.empty());
  }

  static Latents between(long dim, Interval range) {
    return new Latents(
        CoordinateKinds.linear(Math.toIntExact(dim)),
        range.from() < range.to()
            ? Optional.empty()
            : Optional.of(
                "its `range` has no width: both ends are "
                    + range.from()
                    + "; write two different ends, such as `-1..1`"));
  }

  /** Those of the blocks, in their order. */
  static Latents sideBySide(List<Part> blocks) {
    List<Joint> joints = blocks.stream().map(Part::joint).toList();
    Optional<String> contradiction =
        joints.isEmpty()
            ? Optional.of("it has no block of coordinates")
            : joints.stream().flatMap(block -> block.objection(NOTHING).stream()).findFirst();
    return new Latents(
        new CoordinateKinds(
            joints.stream().flatMap(block -> block.after(NOTHING).circular().stream()).toList()),
        contradiction);
  }

  @Override
  public Optional<String> objection(CoordinateKinds nothing) {
    return contradiction;
  }

  @Override
  public CoordinateKinds after(CoordinateKinds nothing) {
    return kinds;
  }
}
