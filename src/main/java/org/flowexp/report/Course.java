package org.flowexp.report;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowexp.run.RunRecord;
import org.flowexp.run.SweepRecord;
import org.flowexp.run.SweepRecord.Curve;

/**
 * A metric of an arm from the first evaluation to the last, run by run.
 *
 * @param fell in how many runs it fell
 * @param rose in how many it rose
 */
record Course(int fell, int rose) {
  /** Of the runs that were evaluated at least twice. */
  static Course of(SweepRecord sweep, Arm arm, String metric) {
    Set<String> ids = arm.runs().stream().map(RunRecord::id).collect(Collectors.toSet());
    int fell = 0;
    int rose = 0;
    for (Curve curve : moving(sweep, metric)) {
      if (ids.contains(curve.run())) {
        double change = curve.values().get(curve.values().size() - 1) - curve.values().get(0);
        fell += change < 0 ? 1 : 0;
        rose += change > 0 ? 1 : 0;
      }
    }
    return new Course(fell, rose);
  }

  /** The first values of the runs, one for each seed, for arms of a seed start alike. */
  static double[] starts(SweepRecord sweep, String metric) {
    Map<String, String> seeds = new LinkedHashMap<>();
    sweep.runs().forEach(run -> seeds.put(run.id(), run.axes().getOrDefault(sweep.seedAxis(), "")));
    Set<String> met = new HashSet<>();
    return moving(sweep, metric).stream()
        .filter(curve -> met.add(Objects.requireNonNullElse(seeds.get(curve.run()), curve.run())))
        .mapToDouble(curve -> curve.values().get(0))
        .toArray();
  }

  private static List<Curve> moving(SweepRecord sweep, String metric) {
    return sweep.curves().stream()
        .filter(curve -> curve.metric().equals(metric) && curve.values().size() > 1)
        .toList();
  }

  /** {@code ↓7 ↑0}, or nothing if no run was evaluated twice. */
  String text() {
    return fell + rose == 0 ? "" : "↓" + fell + " ↑" + rose;
  }
}
