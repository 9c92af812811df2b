package org.flowexp.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunRecord;

/** Runs of a sweep, grouped by what varies but the seeds. */
final class Arms {
  private Arms() {}

  /** By the arm's values, joined with commas; in the order of the sweep. */
  static Map<String, List<RunRecord>> group(SweepModel sweep, List<RunRecord> runs) {
    Map<String, List<RunRecord>> groups = new LinkedHashMap<>();
    sweep.arms().forEach(arm -> groups.putIfAbsent(name(sweep, arm.values()), new ArrayList<>()));
    for (RunRecord run : runs) {
      groups.computeIfAbsent(name(sweep, run.axes()), name -> new ArrayList<>()).add(run);
    }
    groups.values().removeIf(List::isEmpty);
    return groups;
  }

  /** What was measured, in the order of the experiment. */
  static Set<String> metrics(SweepModel sweep, List<RunRecord> runs) {
    Set<String> measured = new LinkedHashSet<>();
    runs.forEach(run -> measured.addAll(run.metrics().keySet()));
    Set<String> ordered = new LinkedHashSet<>();
    sweep.arms().forEach(arm -> arm.experiment().metrics().forEach(m -> ordered.add(m.name())));
    ordered.retainAll(measured);
    ordered.addAll(measured);
    return ordered;
  }

  /** The seed of a run, for a key in JSON. */
  static String seed(SweepModel sweep, RunRecord run) {
    return sweep.axes().stream()
        .filter(SweepModel.Axis::seeds)
        .map(axis -> run.axes().getOrDefault(axis.param(), ""))
        .findFirst()
        .orElseGet(
            () ->
                sweep.arms().stream()
                    .filter(arm -> arm.values().equals(run.axes()))
                    .map(arm -> Long.toString(arm.experiment().seed()))
                    .findFirst()
                    .orElse("0"));
  }

  private static String name(SweepModel sweep, Map<String, String> values) {
    return sweep.axes().stream()
        .filter(axis -> !axis.seeds())
        .map(axis -> values.getOrDefault(axis.param(), ""))
        .collect(Collectors.joining(", "));
  }
}
