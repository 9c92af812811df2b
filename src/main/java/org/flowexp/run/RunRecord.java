package org.flowexp.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param figures of the last evaluation
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
    Optional<String> message,
    List<Figure> figures) {
  /** Records of earlier versions have no figures. */
  public RunRecord {
    figures = figures == null ? List.of() : List.copyOf(figures);
    axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** One that draws no figures. */
  public RunRecord(
      String id,
      String hash,
      String name,
      Map<String, String> axes,
      Map<String, String> params,
      Map<String, Double> metrics,
      long energyEvals,
      RunStatus status,
      Optional<String> message) {
    this(id, hash, name, axes, params, metrics, energyEvals, status, message, List.of());
  }
}
