package org.flowexp.claim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;

/**
 * The runs of one arm: equal on each axis but the seeds.
 *
 * @param values on each axis but the seeds, in order
 * @param seeds one text a seed, in the order of the axis; one empty text if no axis is the seeds
 * @param runs by seed; a seed that was not run is missing
 */
record ArmRuns(List<String> values, List<String> seeds, Map<String, RunRecord> runs) {
  ArmRuns {
    values = List.copyOf(values);
    seeds = List.copyOf(seeds);
    runs = Map.copyOf(runs);
  }

  /** All arms of a sweep, in its order, with what was run of them. */
  static List<ArmRuns> of(SweepModel sweep, List<RunRecord> records) {
    Optional<SweepModel.Axis> seedAxis =
        sweep.axes().stream().filter(SweepModel.Axis::seeds).findFirst();
    Map<List<String>, Map<String, RunRecord>> groups = new LinkedHashMap<>();
    for (SweepModel.Arm arm : sweep.arms()) {
      groups.computeIfAbsent(values(sweep, arm.values()), key -> new LinkedHashMap<>());
    }
    for (RunRecord run : records) {
      String seed = seedAxis.map(axis -> run.axes().getOrDefault(axis.param(), "")).orElse("");
      groups
          .computeIfAbsent(values(sweep, run.axes()), key -> new LinkedHashMap<>())
          .put(seed, run);
    }
    List<String> seeds = seedAxis.map(SweepModel.Axis::values).orElse(List.of(""));
    List<ArmRuns> arms = new ArrayList<>();
    groups.forEach((values, runs) -> arms.add(new ArmRuns(values, seeds, runs)));
    return arms;
  }

  /** The value on each axis but the seeds. */
  static List<String> values(SweepModel sweep, Map<String, String> axes) {
    return sweep.axes().stream()
        .filter(axis -> !axis.seeds())
        .map(axis -> axes.getOrDefault(axis.param(), ""))
        .toList();
  }

  /** {@code [l2_masked]}, or nothing if only seeds vary. */
  String suffix() {
    return values.isEmpty() ? "" : "[" + String.join(", ", values) + "]";
  }

  /** Why a metric of this arm cannot be judged at all; empty if it can. */
  Optional<Verdict> obstacle(String title, String metric) {
    for (String seed : seeds) {
      RunRecord run = runs.get(seed);
      if (run != null && run.status() == RunStatus.FAILED) {
        return Optional.of(
            new Verdict(title, Outcome.FAILED, "the run " + run.name() + " failed" + why(run)));
      }
    }
    for (String seed : seeds) {
      RunRecord run = runs.get(seed);
      if (run == null || run.status() == RunStatus.KILLED) {
        String what =
            run == null
                ? "the run " + metric + suffix() + seedText(seed) + " was not made"
                : "the run " + run.name() + " was interrupted" + why(run);
        return Optional.of(new Verdict(title, Outcome.UNDECIDED, what));
      }
    }
    for (String seed : seeds) {
      RunRecord run = Objects.requireNonNull(runs.get(seed));
      Double value = run.metrics().get(metric);
      if (value == null || Double.isNaN(value)) {
        String what =
            value == null ? " did not measure " + metric : " measured " + metric + " = NaN";
        return Optional.of(
            new Verdict(title, Outcome.FAILED, "the run " + run.name() + what + why(run)));
      }
    }
    return Optional.empty();
  }

  private static String seedText(String seed) {
    return seed.isEmpty() ? "" : " with seed " + seed;
  }

  private static String why(RunRecord run) {
    return run.message().map(message -> ": " + message).orElse("");
  }

  /** One value a seed, in order; only without an {@link #obstacle}. */
  double[] metric(String name) {
    return seeds.stream().mapToDouble(seed -> value(seed, name)).toArray();
  }

  private double value(String seed, String name) {
    return Objects.requireNonNull(Objects.requireNonNull(runs.get(seed)).metrics().get(name));
  }

  /** {@code over seeds 0, 1, 2}; a long list is only counted. */
  String overSeeds() {
    if (seeds.size() == 1) {
      return seeds.get(0).isEmpty() ? "" : " with seed " + seeds.get(0);
    }
    return seeds.size() > 8
        ? " over " + seeds.size() + " seeds"
        : " over seeds " + String.join(", ", seeds);
  }
}
