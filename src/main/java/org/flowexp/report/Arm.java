package org.flowexp.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.flowexp.run.RunRecord;
import org.flowexp.run.SweepRecord;

/**
 * The runs that differ in nothing but the seed.
 *
 * @param name its value on each other axis, or the experiment's name
 */
record Arm(String name, List<RunRecord> runs) {
  Arm {
    runs = List.copyOf(runs);
  }

  /** In the order of the sweep. */
  static List<Arm> of(SweepRecord sweep) {
    Map<String, List<RunRecord>> groups = new LinkedHashMap<>();
    for (RunRecord run : sweep.runs()) {
      String name =
          sweep.axes().stream()
              .map(axis -> run.axes().getOrDefault(axis, ""))
              .collect(Collectors.joining(", "));
      groups
          .computeIfAbsent(name.isEmpty() ? sweep.experiment() : name, key -> new ArrayList<>())
          .add(run);
    }
    List<Arm> arms = new ArrayList<>();
    groups.forEach((name, runs) -> arms.add(new Arm(name, runs)));
    return arms;
  }

  /** Of the runs that measured it. */
  double[] values(String metric) {
    return runs.stream()
        .filter(run -> run.metrics().containsKey(metric))
        .mapToDouble(run -> Objects.requireNonNull(run.metrics().get(metric)))
        .filter(Double::isFinite)
        .toArray();
  }
}
