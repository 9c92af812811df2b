package org.flowexp.model;

import java.util.List;
import org.flowexp.catalog.Part;

/**
 * From latent to configuration: a base density and layers, repeats written out.
 *
 * @param dim dimension of the latent and of the configuration
 */
public record ArchitectureModel(String name, Part base, List<Part> layers, int dim) {
  public ArchitectureModel {
    layers = List.copyOf(layers);
  }

  /** The data that layers learn from before any phase, each once: not hidden by data_free. */
  public List<DataSource> bakedIn() {
    return layers.stream()
        .flatMap(layer -> layer.arguments().values().values().stream())
        .filter(DataSource.class::isInstance)
        .map(DataSource.class::cast)
        .distinct()
        .toList();
  }
}
