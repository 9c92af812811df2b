package org.flowexp.catalog;

import java.util.Collections;
import java.util.List;

/**
 * What the coordinates at a joint of an architecture are.
 *
 * @param circular one flag a coordinate: true for an angle, of which x and x + 2π are one point
 */
public record CoordinateKinds(List<Boolean> circular) {
  public CoordinateKinds {
    circular = List.copyOf(circular);
  }

  /** Coordinates on the line. */
  public static CoordinateKinds linear(int dim) {
    return new CoordinateKinds(Collections.nCopies(dim, false));
  }

  /** Angles. */
  public static CoordinateKinds angles(int dim) {
    return new CoordinateKinds(Collections.nCopies(dim, true));
  }

  /** The number of coordinates. */
  public int dim() {
    return circular.size();
  }
}
