package org.flowexp.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flowexp.model.MetricModel;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunRecord;

/**
 * A sweep as a baseline.
 *
 * @param entries one an arm
 * @param left arms that are not recorded, with the reason
 */
public record Recording(List<Baselines.Entry> entries, List<String> left) {
  public Recording {
    entries = List.copyOf(entries);
    left = List.copyOf(left);
  }

  /**
   * Records each arm of a sweep all of whose runs finished, if it has enough seeds.
   *
   * @param profile empty for none
   * @param date in UTC, ISO 8601
   */
  public static Recording of(
      SweepModel sweep,
      List<RunRecord> runs,
      String profile,
      String precision,
      String device,
      String date) {
    List<Baselines.Entry> entries = new ArrayList<>();
    List<String> left = new ArrayList<>();
    List<String> metrics =
        sweep.arms().stream()
            .flatMap(arm -> arm.experiment().metrics().stream())
            .map(MetricModel::name)
            .distinct()
            .toList();
    for (ArmRuns arm : ArmRuns.of(sweep, runs)) {
      String name = sweep.name() + arm.suffix();
      int seeds = arm.seeds().size();
      Map<String, Baselines.Figures> figures = BaselineTest.figures(arm, metrics);
      if (seeds < Baselines.FEWEST_SEEDS) {
        left.add(name + " has " + seeds + " seeds, a baseline needs " + Baselines.FEWEST_SEEDS);
      } else if (figures.size() < metrics.size()) {
        left.add(name + ": " + missing(arm, metrics));
      } else {
        entries.add(
            new Baselines.Entry(
                sweep.name(),
                arm.values(),
                profile,
                precision,
                device,
                BaselineTest.hash(sweep, arm),
                date,
                figures));
      }
    }
    return new Recording(entries, left);
  }

  private static String missing(ArmRuns arm, List<String> metrics) {
    return metrics.stream()
        .flatMap(metric -> arm.obstacle("", metric).stream())
        .map(Verdict::explanation)
        .findFirst()
        .orElseThrow();
  }
}
