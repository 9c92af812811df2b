package org.flowexp.model;

import org.flowexp.catalog.Part;
import org.flowexp.expression.Formula;

/** Where samples come from, and what was done to them. Equal sources give the same samples. */
public sealed interface DataSource {

  /** {@code count} configurations of a sampler's lowest rung. */
  record Drawn(Part sampler, SystemModel system, long count) implements DataSource {}

  record Taken(DataSource from, long count) implements DataSource {}

  record Dropped(DataSource from, long count) implements DataSource {}

  /** Where the observable, a truth value per sample, holds. */
  record Filtered(DataSource from, Formula condition, SystemModel system) implements DataSource {}

  /**
   * The largest random subset, in order, in which {@code condition} has the share.
   *
   * @param seed the sampler's, so that all runs share the data
   */
  record Resampled(DataSource from, Formula condition, SystemModel system, double share, long seed)
      implements DataSource {}

  /** Arrays of a file, {@code x} in nm. */
  record Loaded(String path, String sha256, int dim) implements DataSource {}
}
