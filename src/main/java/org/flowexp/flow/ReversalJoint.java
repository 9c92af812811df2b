package org.flowexp.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.Joint;

/** The kinds of the coordinates in reverse order. */
record ReversalJoint() implements Joint {
  @Override
  public CoordinateKinds after(CoordinateKinds before) {
    List<Boolean> circular = new ArrayList<>(before.circular());
    Collections.reverse(circular);
    return new CoordinateKinds(circular);
  }
}
