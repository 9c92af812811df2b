package org.flowexp.catalog;

import java.util.Optional;

/** A part of an architecture, as far as the coordinates around it are concerned. */
public interface Joint {
  /** Why the part cannot follow these coordinates, as the end of a sentence; empty if it can. */
  default Optional<String> objection(CoordinateKinds before) {
    return Optional.empty();
  }

  /** The coordinates that follow. */
  default CoordinateKinds after(CoordinateKinds before) {
    return before;
  }
}
