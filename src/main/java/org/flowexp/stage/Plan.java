package org.flowexp.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flowexp.model.DataSource;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.SweepModel;

/**
 * The stages of a sweep before it runs: which there are, which arms share them, which are kept, and
 * why the others are not.
 */
public final class Plan {
  private final Map<String, Planned> stages = new LinkedHashMap<>();
  private final Map<Integer, List<String>> arms = new LinkedHashMap<>();

  /**
   * One stage.
   *
   * @param name for people
   * @param arms that have it, by number from 0
   * @param isCached whether its result is kept and whole
   * @param state {@code cached}, or why not
   * @param seconds that it took, or may take; empty if nothing like it is kept
   * @param basis what the seconds are taken from
   */
  public record Planned(
      String kind,
      String name,
      String key,
      Set<Integer> arms,
      boolean isCached,
      String state,
      Optional<Double> seconds,
      TimeLeft.Basis basis) {}

  private Plan() {}

  /** Of a sweep, with what a store has. */
  public static Plan of(SweepModel sweep, StageKeys keys, DiskStore store) {
    Plan plan = new Plan();
    Likeness likeness = new Likeness(store.entries());
    for (int arm = 0; arm < sweep.arms().size(); arm++) {
      List<String> ids = new ArrayList<>();
      for (Stage<?> stage : chain(sweep.arms().get(arm).experiment(), keys)) {
        if (!ids.contains(stage.id())) {
          ids.add(stage.id());
        }
        plan.add(stage, arm, store, likeness);
      }
      plan.arms.put(arm, ids);
    }
    return plan;
  }

  private void add(Stage<?> stage, int arm, DiskStore store, Likeness likeness) {
    Planned known = stages.get(stage.id());
    if (known == null) {
      known = planned(stage, store, likeness);
      stages.put(stage.id(), known);
    }
    known.arms().add(arm);
  }

  private static Planned planned(Stage<?> stage, DiskStore store, Likeness likeness) {
    Optional<String> refusal = store.refusal(stage);
    boolean cached = refusal.isEmpty() && store.holds(stage);
    String state =
        cached
            ? "cached"
            : refusal.map(reason -> "refused: " + reason).orElseGet(() -> likeness.why(stage));
    Likeness.Expected expected = likeness.seconds(stage);
    return new Planned(
        stage.kind(),
        stage.name(),
        stage.key(),
        new TreeSet<>(),
        cached,
        state,
        expected.seconds(),
        expected.basis());
  }

  /** The ids of what a run goes through and keeps. */
  public static Set<String> ids(ExperimentModel experiment, StageKeys keys) {
    return chain(experiment, keys).stream().map(Stage::id).collect(Collectors.toSet());
  }

  /** Whether no result is left to make; figures, which are views of results, may be. */
  public static boolean isKept(ExperimentModel experiment, StageKeys keys, StageStore store) {
    return chain(experiment, keys).stream()
        .filter(stage -> !stage.kind().equals(StageKeys.FIGURES))
        .allMatch(store::holds);
  }

  /** What a run goes through and keeps, in order. */
  public static List<Stage<?>> chain(ExperimentModel experiment, StageKeys keys) {
    List<Stage<?>> stages = new ArrayList<>();
    origins(experiment).forEach(source -> stages.add(keys.data(source)));
    stages.removeIf(stage -> stage.form().isEmpty());
    experiment
        .measuredForEnergy()
        .values()
        .forEach(source -> stages.add(keys.energies(source, experiment)));
    long step = 0;
    for (int i = 0; i < experiment.phases().size(); i++) {
      stages.add(keys.phase(experiment, i));
      long end = step + experiment.phases().get(i).steps();
      long every = experiment.evaluateEvery();
      for (long next = every == 0 ? end : step + every - step % every; next < end; next += every) {
        stages.add(keys.evaluation(experiment, i, next));
      }
      stages.add(keys.evaluation(experiment, i, end));
      step = end;
    }
    if (!experiment.figures().isEmpty()) {
      stages.add(keys.figures(experiment, step));
    }
    return stages;
  }

  /** What the data sets of a run are made of: draws of samplers, and files. */
  public static List<DataSource> origins(ExperimentModel experiment) {
    List<DataSource> sources = new ArrayList<>();
    experiment
        .phases()
        .forEach(phase -> phase.data().map(DataSource::origin).ifPresent(sources::add));
    experiment.architecture().bakedIn().forEach(source -> sources.add(source.origin()));
    experiment.measuredOn().values().forEach(source -> sources.add(source.origin()));
    return sources;
  }

  /** Each stage once, in the order they are first needed. */
  public List<Planned> stages() {
    return List.copyOf(stages.values());
  }

  /** The stages of an arm, by its number from 0, in order. */
  public List<Planned> ofArm(int arm) {
    return arms.get(arm).stream().map(stages::get).toList();
  }

  /** What is still to do, as far as something is known of it. */
  public TimeLeft timeLeft() {
    return TimeLeft.of(stages.values().stream().filter(stage -> !stage.isCached()).toList());
  }
}
