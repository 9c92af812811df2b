package org.flowexp.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flowexp.expression.Readings;

/**
 * One run, with nothing left to choose.
 *
 * @param params every resolved param, by name, as text (also those at their defaults)
 * @param evaluateEvery steps; 0 for only at the end of each phase
 * @param initial what the first phase starts from, if not from random parameters
 * @param trackedAs the name of the tracking experiment
 * @param figures views of the results, which are no part of them
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
    Optional<InitialModel> initial,
    FiguresModel figures) {
  public ExperimentModel {
    phases = List.copyOf(phases);
    metrics = List.copyOf(metrics);
  }

  /** One that starts from random parameters and draws no figures. */
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
        Optional.empty(),
        FiguresModel.NONE);
  }

  /** The data that metrics and figures look at, by key. */
  public Map<String, DataSource> measuredOn() {
    Map<String, DataSource> data = new TreeMap<>(figures.data());
    metrics.forEach(metric -> data.putAll(metric.data()));
    return data;
  }

  /** Those of which they read u, which no flow changes. */
  public Map<String, DataSource> measuredForEnergy() {
    return system.isCompleted() ? Map.of() : readForEnergy();
  }

  /** Those of which they read u. */
  public Map<String, DataSource> readForEnergy() {
    Map<String, DataSource> data = new TreeMap<>();
    Map<String, DataSource> all = measuredOn();
    List<Readings> readings =
        List.of(
            figures.readings(), Readings.of(metrics.stream().map(MetricModel::formula).toList()));
    for (Readings some : readings) {
      some.on()
          .forEach(
              (key, reads) -> {
                if (reads.contains("u")) {
                  data.put(key, all.get(key));
                }
              });
    }
    return data;
  }
}
