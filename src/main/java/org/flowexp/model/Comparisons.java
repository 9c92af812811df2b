package org.flowexp.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Readings;

/** Compares arms by the canonical forms of what they run. */
public final class Comparisons {
  private static final String ENERGY = "u";

  private final List<SweepModel.Axis> axes;
  private final List<SweepModel.Arm> runs;

  /** Of the runs of a sweep. */
  public Comparisons(List<SweepModel.Axis> axes, List<SweepModel.Arm> runs) {
    this.axes = axes.stream().filter(axis -> !axis.seeds()).toList();
    this.runs = List.copyOf(runs);
  }

  /**
   * Of these arms.
   *
   * @param arms the value on each axis but the seeds
   * @return empty if an arm is not among the runs
   */
  public Optional<Comparison> of(List<List<String>> arms) {
    List<List<ExperimentModel>> bySeed = arms.stream().map(this::runsOf).toList();
    if (bySeed.isEmpty() || bySeed.stream().anyMatch(List::isEmpty)) {
      return Optional.empty();
    }
    Map<String, List<String>> differs = new LinkedHashMap<>();
    for (int i = 0; i < axes.size(); i++) {
      int axis = i;
      List<String> values = arms.stream().map(arm -> arm.get(axis)).toList();
      if (new HashSet<>(values).size() > 1) {
        differs.put(axes.get(i).param(), values);
      }
    }
    int shared = sharedPhases(bySeed);
    List<ExperimentModel> first = bySeed.stream().map(runs -> runs.get(0)).toList();
    return Optional.of(
        new Comparison(
            arms,
            differs,
            first.get(0).phases().subList(0, shared).stream().map(PhaseModel::name).toList(),
            first.get(0).phases().size() > 1 ? first.get(0).phases().get(0).name() : "",
            first.stream().map(run -> energyEvaluations(run, shared)).toList()));
  }

  private List<ExperimentModel> runsOf(List<String> arm) {
    return runs.stream()
        .filter(
            run ->
                IntStream.range(0, axes.size())
                    .allMatch(i -> arm.get(i).equals(run.values().get(axes.get(i).param()))))
        .map(SweepModel.Arm::experiment)
        .toList();
  }

  /** How many leading phases all arms share, whatever the seed. */
  private static int sharedPhases(List<List<ExperimentModel>> bySeed) {
    if (bySeed.size() < 2) {
      return 0;
    }
    int shared = 0;
    while (bySeed.stream().flatMap(List::stream).allMatch(has(shared)) && agree(bySeed, shared)) {
      shared++;
    }
    return shared;
  }

  private static java.util.function.Predicate<ExperimentModel> has(int phase) {
    return run -> run.phases().size() > phase;
  }

  private static boolean agree(List<List<ExperimentModel>> bySeed, int phase) {
    List<List<String>> keys =
        bySeed.stream()
            .map(runs -> runs.stream().map(run -> Canonical.throughPhase(run, phase)).toList())
            .toList();
    return new HashSet<>(keys).size() == 1;
  }

  /**
   * Evaluations of u of the phases from {@code first} on: a batch for each source whose terms read
   * it, in each step, and the samples of each evaluation if a metric reads it.
   */
  private static long energyEvaluations(ExperimentModel run, int first) {
    boolean measured =
        run.metrics().stream().anyMatch(m -> Readings.of(m.formula()).here().contains(ENERGY));
    long before = run.phases().subList(0, first).stream().mapToLong(PhaseModel::steps).sum();
    long total = 0;
    for (PhaseModel phase : run.phases().subList(first, run.phases().size())) {
      total += phase.steps() * phase.batch() * sourcesOfEnergy(phase.loss());
      long every = run.evaluateEvery();
      long end = before + phase.steps();
      long due = every > 0 ? end / every - before / every : 0;
      long last = every > 0 && end % every == 0 ? 0 : 1;
      total += measured ? (due + last) * run.evaluateOn() : 0;
      before = end;
    }
    return total;
  }

  private static long sourcesOfEnergy(LossModel loss) {
    Set<Source> sources = new HashSet<>();
    for (LossModel.Term term : loss.terms()) {
      List<Formula> formula = new ArrayList<>(List.of(term.formula()));
      if (Readings.of(formula).here().contains(ENERGY)) {
        sources.add(term.source());
      }
    }
    return sources.size();
  }
}
