package org.flowexp.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.stage.RunSource;

/**
 * All that a process needs to do units of a sweep.
 *
 * @param sweep the id that the sweep must turn out to have
 * @param name of the sweep, or of the experiment
 * @param source what it is written in
 * @param settings of the tool, by key
 */
public record WorkOrder(
    String sweep,
    String name,
    RunSource source,
    Map<String, String> settings,
    List<WorkUnit> units) {
  /** Copies, in order. */
  public WorkOrder {
    settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    units = List.copyOf(units);
  }
}
