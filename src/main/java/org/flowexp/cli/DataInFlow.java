package org.flowexp.cli;

import java.util.Set;
import java.util.TreeSet;
import org.flowexp.catalog.Part;
import org.flowexp.model.ArchitectureModel;
import org.flowexp.model.DataSource;

/** What of a flow data have fixed before any training, for example a whitening. */
final class DataInFlow {
  private DataInFlow() {}

  /** {@code whiten by}, for each argument that holds data. */
  static Set<String> of(ArchitectureModel architecture) {
    Set<String> found = new TreeSet<>();
    collect(architecture.base(), found);
    architecture.layers().forEach(layer -> collect(layer, found));
    return found;
  }

  private static void collect(Part part, Set<String> found) {
    part.arguments()
        .values()
        .forEach(
            (name, value) -> {
              if (value instanceof DataSource) {
                found.add("`" + part.name() + "` " + name);
              } else if (value instanceof Part inner) {
                collect(inner, found);
              }
            });
  }
}
