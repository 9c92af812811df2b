package org.flowexp.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.expression.Formula;

/**
 * Everything a file asks for: each sweep, and each experiment that no sweep varies.
 *
 * @param systems those the file declares, by name, under its params' defaults and what was set
 * @param data likewise
 * @param observables likewise, one value per sample
 */
public record Suite(
    String file,
    List<SweepModel> sweeps,
    Map<String, SystemModel> systems,
    Map<String, DataSource> data,
    Map<String, Formula> observables) {
  /** Copies all, in order. */
  public Suite {
    sweeps = List.copyOf(sweeps);
    systems = Collections.unmodifiableMap(new LinkedHashMap<>(systems));
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    observables = Collections.unmodifiableMap(new LinkedHashMap<>(observables));
  }
}
