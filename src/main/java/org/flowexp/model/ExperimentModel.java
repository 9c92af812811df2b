package org.flowexp.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run, with nothing left to choose.
 *
 * @param params every resolved param, by name, as text (also those at their defaults)
 * @param evaluateEvery steps; 0 for only at the end of each phase
 * @param initial what the first phase starts from, if not from random parameters
 * @param trackedAs the name of the tracking experiment
 */
public record ExperimentModel(
    String name,
    SystemModel system,
    ArchitectureModel architecture,
    List<PhaseModel> phases,
    long seed,
    List<MetricModel> metrics,
    long evaluateEvery,
    long evaluateOn,
    Optional<String> trackedAs,
    Map<String, String> params,
    Optional<InitialModel> initial) {
  public ExperimentModel {
    phases = List.copyOf(phases);
    metrics = List.copyOf(metrics);
  }

  /** One that starts from random parameters. */
  public ExperimentModel(
      String name,
      SystemModel system,
      ArchitectureModel architecture,
      List<PhaseModel> phases,
      long seed,
      List<MetricModel> metrics,
      long evaluateEvery,
      long evaluateOn,
      Optional<String> trackedAs,
      Map<String, String> params) {
    this(
        name,
        system,
        architecture,
        phases,
        seed,
        metrics,
        evaluateEvery,
        evaluateOn,
        trackedAs,
        params,
        Optional.empty());
  }
}
