package org.flowexp.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the arms of a sweep may be compared: what differs between them, by the canonical forms of
 * what they run with one seed, which phases are one and the same run, and what each may spend after
 * those.
 *
 * @param differs parts of the experiment that are not the same in all arms, such as {@code phase
 *     repair: minimize}
 * @param shared leading phases that all arms share, for each seed
 * @param budgets of each arm, after the shared phases
 */
public record Fairness(List<String> differs, List<String> shared, List<Budget> budgets) {
  public Fairness {
    differs = List.copyOf(differs);
    shared = List.copyOf(shared);
    budgets = List.copyOf(budgets);
  }

  /**
   * What an arm may spend, with each of its seeds.
   *
   * @param arm its value on each axis but the seeds
   * @param steps of the optimizer
   * @param samples in the batches of these steps, one batch for each source of the loss
   * @param energyEvaluations of u, while training and evaluating
   */
  public record Budget(Map<String, String> arm, long steps, long samples, long energyEvaluations) {}

  /** Of a sweep with several arms; of one arm there is nothing to compare. */
  public static Fairness of(SweepModel sweep) {
    Map<List<String>, List<SweepModel.Arm>> arms = new LinkedHashMap<>();
    Map<List<String>, List<SweepModel.Arm>> seeds = new LinkedHashMap<>();
    for (SweepModel.Arm run : sweep.arms()) {
      arms.computeIfAbsent(values(sweep, run, false), key -> new ArrayList<>()).add(run);
      seeds.computeIfAbsent(values(sweep, run, true), key -> new ArrayList<>()).add(run);
    }
    Set<String> differs = new TreeSet<>();
    seeds.values().forEach(runs -> differs.addAll(differences(runs)));
    Comparison comparison =
        new Comparisons(sweep.axes(), sweep.arms()).of(List.copyOf(arms.keySet())).orElseThrow();
    List<Budget> budgets = new ArrayList<>();
    int shared = comparison.sharedPhases().size();
    for (List<SweepModel.Arm> runs : arms.values()) {
      budgets.add(
          budget(sweep, runs.get(0), shared, comparison.energyEvaluations().get(budgets.size())));
    }
    return new Fairness(List.copyOf(differs), comparison.sharedPhases(), budgets);
  }

  private static List<String> values(SweepModel sweep, SweepModel.Arm run, boolean seeds) {
    return sweep.axes().stream()
        .filter(axis -> axis.seeds() == seeds)
        .map(axis -> run.values().getOrDefault(axis.param(), ""))
        .toList();
  }

  private static Set<String> differences(List<SweepModel.Arm> runs) {
    Map<String, Set<String>> forms = new TreeMap<>();
    Set<String> differs = new TreeSet<>();
    for (SweepModel.Arm run : runs) {
      parts(run.experiment())
          .forEach((part, form) -> forms.computeIfAbsent(part, p -> new HashSet<>()).add(form));
    }
    forms.forEach(
        (part, different) -> {
          boolean everywhere =
              runs.stream().allMatch(run -> parts(run.experiment()).containsKey(part));
          if (different.size() > 1 || !everywhere) {
            differs.add(part);
          }
        });
    return differs;
  }

  /** Canonical forms, by what they are of: together all that a result depends on. */
  private static Map<String, String> parts(ExperimentModel experiment) {
    Map<String, String> parts = new TreeMap<>();
    parts.put("system", Canonical.of(experiment.system()));
    parts.put("architecture", Canonical.of(experiment.architecture()));
    parts.put("seed", Long.toString(experiment.seed()));
    parts.put("initial", experiment.initial().map(InitialModel::parameters).orElse(""));
    parts.put("metrics", Canonical.measured(experiment));
    for (PhaseModel phase : experiment.phases()) {
      String of = "phase " + phase.name() + ": ";
      parts.put(of + "data", phase.data().map(Canonical::of).orElse(""));
      parts.put(of + "minimize", Canonical.of(phase.loss()));
      parts.put(of + "beta", Canonical.of(phase.beta()));
      parts.put(of + "steps", Long.toString(phase.steps()));
      parts.put(of + "batch", Long.toString(phase.batch()));
      parts.put(of + "optimizer", Canonical.of(phase.optimizer()));
    }
    return parts;
  }

  private static Budget budget(SweepModel sweep, SweepModel.Arm run, int shared, long energies) {
    Map<String, String> arm = new LinkedHashMap<>();
    sweep.axes().stream()
        .filter(axis -> !axis.seeds())
        .forEach(axis -> arm.put(axis.param(), run.values().get(axis.param())));
    List<PhaseModel> phases = run.experiment().phases();
    long steps = 0;
    long samples = 0;
    for (PhaseModel phase : phases.subList(shared, phases.size())) {
      long sources = phase.loss().terms().stream().map(LossModel.Term::source).distinct().count();
      steps += phase.steps();
      samples += phase.steps() * phase.batch() * sources;
    }
    return new Budget(arm, steps, samples, energies);
  }

  /** Every arm takes as many steps. */
  public boolean sameSteps() {
    return budgets.stream().map(Budget::steps).distinct().count() <= 1;
  }

  /** Every arm sees as many samples in training. */
  public boolean sameSamples() {
    return budgets.stream().map(Budget::samples).distinct().count() <= 1;
  }

  /** Every arm may evaluate u as often. */
  public boolean sameEnergies() {
    return budgets.stream().map(Budget::energyEvaluations).distinct().count() <= 1;
  }
}
