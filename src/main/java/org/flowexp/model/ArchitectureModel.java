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
}
