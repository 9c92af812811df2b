package org.flowexp.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a file asks for: each sweep, and each experiment that no sweep varies.
 *
 * @param systems those the file declares, by name, under its params' defaults and what was set
 */
public record Suite(String file, List<SweepModel> sweeps, Map<String, SystemModel> systems) {
  /** Copies both, in order. */
  public Suite {
    sweeps = List.copyOf(sweeps);
    systems = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(systems));
  }
}
