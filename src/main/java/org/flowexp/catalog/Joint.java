package org.flowexp.catalog;

import java.util.Map;
import java.util.Optional;

/** A part of an architecture, as far as the coordinates around it are concerned. */
public interface Joint {
  /** Follows any coordinates, and leaves them as they are. */
  Joint PLAIN = new Joint() {};

  /**
   * Why the part cannot follow these coordinates, or why its arguments contradict each other, as
   * the end of a sentence; empty if all is well. {@link #after} is asked only then.
   */
  default Optional<String> objection(CoordinateKinds before) {
    return Optional.empty();
  }

  /** The coordinates that its base density has to make, where the part itself says. */
  default Optional<CoordinateKinds> latent() {
    return Optional.empty();
  }

  /** Names of groups of the coordinates before it. */
  default Map<String, CoordinateMask> masks() {
    return Map.of();
  }

  /** The coordinates that follow. */
  default CoordinateKinds after(CoordinateKinds before) {
    return before;
  }

  /** The numbers of a row of the data that it learns from. */
  default int rowDim(CoordinateKinds before) {
    return after(before).dim();
  }

  /** Whether what it gives has no density over its coordinates, so that no layer may follow. */
  default boolean isLast() {
    return false;
  }
}
