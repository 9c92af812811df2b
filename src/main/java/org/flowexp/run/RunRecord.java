package org.flowexp.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a run when it is over.
 *
 * @param id as its events had it
 * @param hash of the resolved experiment and all else that results depend on
 * @param name the arm, {@code objective=l2_masked seed=0}
 * @param axes the value on each axis of the sweep
 * @param metrics of the last evaluation; empty for a run that failed before it
 * @param energyEvals energy evaluations of the whole chain of stages, shared ones included
 */
public record RunRecord(
    String id,
    String hash,
    String name,
    Map<String, String> axes,
    Map<String, String> params,
    Map<String, Double> metrics,
    long energyEvals,
    RunStatus status,
    Optional<String> message) {
  public RunRecord {
    axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }
}
