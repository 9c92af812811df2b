package org.flowexp.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Readings;

/**
 * The figures of an experiment: views of the samples of its last evaluation, which change none of
 * its results.
 *
 * @param reference samples of the target that they are compared with
 * @param thermalEnergy kT in {@code energyUnit}
 * @param energyUnit {@code kJ/mol}, or {@code kT}
 */
public record FiguresModel(
    List<FigureModel> figures,
    Optional<DataSource> reference,
    double thermalEnergy,
    String energyUnit) {
  /** No figures. */
  public static final FiguresModel NONE = new FiguresModel(List.of(), Optional.empty(), 1, "kT");

  /** Copies the list. */
  public FiguresModel {
    figures = List.copyOf(figures);
  }

  /** Whether there is nothing to count. */
  public boolean isEmpty() {
    return figures.isEmpty();
  }

  /** The key of the reference among {@link #data}. */
  public Optional<String> referenceKey() {
    return isEmpty() ? Optional.empty() : reference.map(DataKeys::keyOf);
  }

  /** What they look at besides the flow's samples, by key. */
  public Map<String, DataSource> data() {
    Map<String, DataSource> data = new LinkedHashMap<>();
    if (!isEmpty()) {
      reference.ifPresent(source -> data.put(DataKeys.keyOf(source), source));
    }
    metrics().forEach(metric -> data.putAll(metric.data()));
    return data;
  }

  /** The metrics of all tables. */
  public List<MetricModel> metrics() {
    List<MetricModel> metrics = new ArrayList<>();
    for (FigureModel figure : figures) {
      if (figure instanceof FigureModel.Estimates table) {
        table.rows().forEach(row -> metrics.add(row.metric()));
      }
    }
    return metrics;
  }

  /** What is read of the flow's samples, weights included, and of the data. */
  public Readings readings() {
    List<Formula> observed = new ArrayList<>();
    for (FigureModel figure : figures) {
      if (figure instanceof FigureModel.Distribution distribution) {
        distribution.points().forEach(observed::addAll);
      }
    }
    Readings ofMetrics = Readings.of(metrics().stream().map(MetricModel::formula).toList());
    Set<String> here = new TreeSet<>(ofMetrics.here());
    Map<String, Set<String>> on = new TreeMap<>(ofMetrics.on());
    if (!observed.isEmpty()) {
      Set<String> reads = Readings.of(observed).here();
      here.addAll(reads);
      here.addAll(Set.of("log_w", "u", "log_q"));
      referenceKey()
          .ifPresent(
              key -> {
                Set<String> there = new TreeSet<>(on.getOrDefault(key, Set.of()));
                there.addAll(reads);
                on.put(key, there);
              });
    }
    return new Readings(here, on);
  }
}
