package org.flowexp.stage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flowexp.model.Canonical;
import org.flowexp.model.DataSource;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.MetricModel;
import org.flowexp.model.PhaseModel;

/** The stages of experiments, in one arithmetic: what each depends on, and nothing else. */
public final class StageKeys {
  /** The kind of stage that holds figures. */
  static final String FIGURES = "figures";

  private static final String DATA = "data";

  /** To be raised when the same experiment gives other numbers than before. */
  private static final int REVISION = 4;

  private final Arithmetic arithmetic;

  /** In an arithmetic. */
  public StageKeys(Arithmetic arithmetic) {
    this.arithmetic = arithmetic;
  }

  /** In the arithmetic of a word, {@code float32}. */
  public StageKeys(String word) {
    this(Arithmetic.of(word));
  }

  /** A data set. Only what a sampler drew is worth a file: the rest follows from it at once. */
  public Stage<SampledData> data(DataSource source) {
    Map<String, String> traits = new LinkedHashMap<>();
    String name = source instanceof DataSource.Drawn drawn ? drawn.sampler().name() : "derived";
    if (source instanceof DataSource.Drawn drawn) {
      traits.put("system", Canonical.of(drawn.system()));
      traits.put("sampler", Canonical.of(drawn.sampler()));
      traits.put("count", Long.toString(drawn.count()));
      sweeps(drawn).ifPresent(steps -> traits.put("sweeps", Long.toString(steps)));
    } else {
      traits.put("data", Canonical.of(source));
    }
    return stage(
        DATA,
        name,
        Canonical.of(source),
        traits,
        SampledData.class,
        source instanceof DataSource.Drawn ? Optional.of(SampledData.FORM) : Optional.empty());
  }

  /**
   * Steps of all chains on all rungs, for samplers with these words: what a draw's time goes by.
   */
  private static Optional<Long> sweeps(DataSource.Drawn drawn) {
    Map<String, Object> words = drawn.sampler().arguments().values();
    if (words.get("burn_in") instanceof Long burnIn
        && words.get("thin") instanceof Long thin
        && words.get("chains") instanceof Long chains) {
      return Optional.of((burnIn + (drawn.count() + chains - 1) / chains * thin) * chains);
    }
    return Optional.empty();
  }

  /** The energies of a data set, for metrics. */
  public Stage<double[]> energies(DataSource source, ExperimentModel experiment) {
    Map<String, String> traits = new LinkedHashMap<>();
    traits.put("system", Canonical.of(experiment.system()));
    traits.put("data", Canonical.of(source));
    return stage(
        "energies",
        "held-out data",
        Canonical.of(source) + "\nof " + Canonical.of(experiment.system()),
        traits,
        double[].class,
        Optional.of(new Energies()));
  }

  /** A phase of training, from 0, after those before it. */
  public Stage<PhaseRecord> phase(ExperimentModel experiment, int number) {
    Map<String, String> traits = new LinkedHashMap<>();
    traits.put("system", Canonical.of(experiment.system()));
    traits.put("architecture", Canonical.of(experiment.architecture()));
    traits.put("seed", Long.toString(experiment.seed()));
    experiment.initial().ifPresent(initial -> traits.put("initial", initial.parameters()));
    for (int i = 0; i <= number; i++) {
      PhaseModel phase = experiment.phases().get(i);
      String of = i == number ? "" : "phase " + (i + 1) + " ";
      traits.put(of + "steps", Long.toString(phase.steps()));
      traits.put(of + "batch", Long.toString(phase.batch()));
      traits.put(of + "minimize", Canonical.of(phase.loss()));
      traits.put(of + "beta", Canonical.of(phase.beta()));
      traits.put(of + "optimizer", Canonical.of(phase.optimizer()));
      traits.put(of + "data", phase.data().map(Canonical::of).orElse("none"));
    }
    return stage(
        "phase",
        experiment.phases().get(number).name(),
        Canonical.throughPhase(experiment, number),
        traits,
        PhaseRecord.class,
        Optional.of(PhaseRecord.FORM));
  }

  /** An evaluation of a phase after a step of the run. */
  public Stage<Measured> evaluation(ExperimentModel experiment, int number, long step) {
    Stage<PhaseRecord> phase = phase(experiment, number);
    String metrics =
        experiment.metrics().stream()
            .map((MetricModel metric) -> Canonical.of(metric))
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    Map<String, String> traits = new LinkedHashMap<>();
    traits.put("phase", phase.key());
    traits.put("step", Long.toString(step));
    traits.put("metrics", metrics);
    traits.put("evaluate_on", Long.toString(experiment.evaluateOn()));
    return stage(
        "evaluation",
        phase.name() + " after step " + step,
        String.join("\n", traits.values()),
        traits,
        Measured.class,
        Optional.of(Measured.FORM));
  }

  /** The figures of the last phase, on the samples of its evaluation after the last step. */
  public Stage<Drawn> figures(ExperimentModel experiment, long step) {
    Stage<PhaseRecord> phase = phase(experiment, experiment.phases().size() - 1);
    Map<String, String> traits = new LinkedHashMap<>();
    traits.put("phase", phase.key());
    traits.put("step", Long.toString(step));
    traits.put("figures", Canonical.of(experiment.figures()));
    traits.put("evaluate_on", Long.toString(experiment.evaluateOn()));
    return stage(
        FIGURES,
        "after step " + step,
        String.join("\n", traits.values()),
        traits,
        Drawn.class,
        Optional.of(Drawn.FORM));
  }

  private <T> Stage<T> stage(
      String kind,
      String name,
      String basis,
      Map<String, String> traits,
      Class<T> type,
      Optional<Stage.Form<T>> form) {
    Map<String, String> all = new LinkedHashMap<>(traits);
    // Samplers are not compiled: runs with and without the compiler share what they draw.
    Arithmetic numbers = kind.equals(DATA) ? arithmetic.without(Arithmetic.Way.XLA) : arithmetic;
    String precision = numbers.word();
    all.put("precision", precision);
    all.put("revision", Integer.toString(REVISION));
    String key =
        Canonical.sha256(
            kind + "\n" + basis + "\nprecision " + precision + "\nrevision " + REVISION);
    return new Stage<>(kind, name, key, all, type, form, found -> true);
  }
}
