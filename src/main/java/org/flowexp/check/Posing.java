package org.flowexp.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.flowexp.catalog.Arguments;
import org.flowexp.catalog.Part;
import org.flowexp.model.DataSource;
import org.flowexp.model.SystemModel;

/**
 * Data of a molecule in the pose of the experiment's system: shape and pose are independent, so
 * shapes from any pose do (PHYSICS §4).
 */
final class Posing {
  private Posing() {}

  /** The source as an experiment on this system sees it. */
  static DataSource into(SystemModel system, DataSource source) {
    if (!(system instanceof SystemModel.Molecular molecule)
        || molecule.isOfShapes()
        || molecule.pose().isEmpty()) {
      return source;
    }
    Optional<DataSource.Drawn> drawn =
        Optional.of(source.origin())
            .filter(DataSource.Drawn.class::isInstance)
            .map(DataSource.Drawn.class::cast);
    boolean inPlace =
        drawn
            .filter(d -> d.system() instanceof SystemModel.Molecular)
            .map(d -> (SystemModel.Molecular) d.system())
            .filter(
                d -> d.pose().equals(molecule.pose()) && d.temperature() == molecule.temperature())
            .isPresent();
    long seed = drawn.map(d -> (Long) d.sampler().arguments().values().get("seed")).orElse(0L);
    return inPlace ? source : new DataSource.Posed(source, molecule, seed);
  }

  /** A layer with the data that it learns from in place. */
  static Part into(SystemModel system, Part layer) {
    Map<String, Object> values = new LinkedHashMap<>(layer.arguments().values());
    values.replaceAll(
        (name, value) -> value instanceof DataSource source ? into(system, source) : value);
    return new Part(layer.definition(), new Arguments(values));
  }
}
