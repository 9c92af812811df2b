package org.flowexp.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.flowexp.checkpoint.Checkpoints;
import org.flowexp.data.Samples;
import org.flowexp.evaluate.Evaluation;
import org.flowexp.lower.Lowering;
import org.flowexp.lower.Program;
import org.flowexp.model.DataSource;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.InitialModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.run.Figure;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListener;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.Kept;
import org.flowexp.stage.PhaseRecord;
import org.flowexp.stage.Plan;
import org.flowexp.stage.SampledData;
import org.flowexp.stage.Stage;
import org.flowexp.stage.StageKeys;
import org.flowexp.stage.StageStore;

/**
 * The stages of one arm: its data, then each phase and its evaluations. Opens a graph only if a
 * stage has to run.
 */
final class ArmRun implements AutoCloseable {
  private static final String ENERGY = "u";

  private final ExperimentModel experiment;
  private final String subject;
  private final RunSettings settings;
  private final int threads;
  private final Workplace place;
  private final StageStore store;
  private final RunListener listener;
  private final StageKeys keys;
  private final DataStages dataStages;
  private final Evaluations evaluations;
  private final Map<String, Long> draws = new TreeMap<>();
  private final Map<String, Samples> reference = new TreeMap<>();
  private final Map<DataSource, Samples> learnt = new HashMap<>();
  private final Map<String, double[]> energies = new TreeMap<>();
  private final List<Opened> opened = new ArrayList<>();
  private Optional<Evaluation> evaluation = Optional.empty();
  private Optional<End> ended = Optional.empty();
  private long energyEvaluations;

  ArmRun(
      ExperimentModel experiment,
      String subject,
      RunSettings settings,
      int threads,
      Workplace place,
      RunListener listener) {
    this.experiment = experiment;
    this.subject = subject;
    this.settings = settings;
    this.threads = threads;
    this.place = place;
    this.store = place.store();
    this.listener = listener;
    this.keys = new StageKeys(settings.arithmetic());
    this.dataStages = new DataStages(store, settings, place.stop());
    this.evaluations = new Evaluations(experiment, keys, store, this::opened, this::evaluation);
  }

  /**
   * How an arm ended.
   *
   * @param last the last phase, or the first that diverged
   * @param metrics of the last evaluation; empty if there was none
   * @param figures of the last evaluation
   */
  record End(PhaseRecord last, Map<String, Double> metrics, List<Figure> figures) {}

  End run() {
    End done = through(experiment.phases().size());
    ended = Optional.of(done).filter(e -> e.last().divergence().isEmpty());
    return done;
  }

  /** Makes stages, by their ids, and what they need; nothing else of the arm. */
  void make(Set<String> ids) {
    int phases = 0;
    int needed = 0;
    boolean energy = false;
    for (Stage<?> stage : Plan.chain(experiment, keys)) {
      phases += stage.kind().equals("phase") ? 1 : 0;
      if (ids.contains(stage.id())) {
        needed = phases;
        energy |= stage.kind().equals("energies");
      }
    }
    if (needed > 0) {
      through(needed);
      return;
    }
    for (DataSource source : Plan.origins(experiment)) {
      if (ids.contains(keys.data(source).id())) {
        dataStages.of(source);
      }
    }
    if (energy) {
      prepareReference();
    }
  }

  /** The first phases, at least one, and all they need. */
  private End through(int phases) {
    List<Optional<Samples>> data = new ArrayList<>();
    for (PhaseModel phase : experiment.phases().subList(0, phases)) {
      data.add(phase.data().map(this::taken));
    }
    experiment.architecture().bakedIn().forEach(s -> learnt.put(s, taken(s)));
    prepareReference();
    Optional<PhaseRecord> end = Optional.empty();
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int i = 0; i < phases && end.flatMap(PhaseRecord::divergence).isEmpty(); i++) {
      place.stop().obey();
      PhaseRecord done = phase(i, end, data.get(i));
      end = Optional.of(done);
      energyEvaluations += done.energyEvaluations();
      if (done.divergence().isEmpty()) {
        place.stop().obey();
        metrics.clear();
        metrics.putAll(evaluations.of(i, done.step(), done::parameters));
        tell(i, done.step(), metrics);
      }
    }
    boolean whole = phases == experiment.phases().size() && !metrics.isEmpty();
    return new End(
        end.orElseThrow(),
        metrics,
        whole ? evaluations.figures(end.get().step(), end.get()::parameters) : List.of());
  }

  /** One for all steps: figures see the samples that metrics were measured on. */
  private Evaluation evaluation() {
    if (evaluation.isEmpty()) {
      evaluation = Optional.of(new Evaluation(opened().program(), reference, energies));
    }
    return evaluation.get();
  }

  /** Empty until the arm has finished, and for one that diverged. */
  Optional<End> end() {
    return ended;
  }

  private void tell(int number, long step, Map<String, Double> metrics) {
    listener.accept(
        new RunEvent.Evaluated(subject, experiment.phases().get(number).name(), step, metrics));
  }

  /** Evaluations of u by all stages of this arm, shared ones included. */
  long energyEvaluations() {
    return energyEvaluations
        + evaluations.energyEvaluations()
        + draws.values().stream().mapToLong(Long::longValue).sum();
  }

  private Samples taken(DataSource source) {
    Kept<SampledData> data = dataStages.of(source);
    draws.putAll(data.value().draws());
    return data.value().samples();
  }

  private void prepareReference() {
    experiment.measuredOn().forEach((key, source) -> reference.put(key, taken(source)));
    for (var source : experiment.measuredForEnergy().entrySet()) {
      energies.put(source.getKey(), energies(source.getKey(), source.getValue()));
      energyEvaluations += reference.get(source.getKey()).count();
    }
  }

  private double[] energies(String key, DataSource source) {
    Stage<double[]> stage =
        keys.energies(source, experiment).needing(u -> u.length == reference.get(key).count());
    return store
        .get(
            stage,
            () -> {
              Opened graph = opened();
              double[] x = reference.get(key).values();
              return graph.program().density().at(graph.session(), x, List.of(ENERGY)).get(ENERGY);
            })
        .value();
  }

  private PhaseRecord phase(int number, Optional<PhaseRecord> before, Optional<Samples> data) {
    Stage<PhaseRecord> stage = keys.phase(experiment, number);
    Optional<Checkpoints> checkpoints = place.checkpointing().map(c -> c.of(stage));
    PhaseRun run =
        new PhaseRun(experiment, number, subject, evaluations, checkpoints, listener, place);
    Kept<PhaseRecord> kept =
        store.get(
            stage.needing(run::suffices),
            () -> {
              Opened graph = opened();
              double[] start =
                  before.map(PhaseRecord::parameters).orElseGet(() -> initial(graph.program()));
              return run.run(graph, start, data);
            });
    switch (kept.origin()) {
      case RUN -> checkpoints.ifPresent(this::clear);
      case RUN_UNKEPT -> {}
      case SHARED -> run.replay(kept.value(), "shared");
      case CACHED -> {
        checkpoints.ifPresent(this::clear);
        run.replay(kept.value(), "cached");
      }
    }
    return kept.value();
  }

  private double[] initial(Program program) {
    if (experiment.initial().isEmpty()) {
      return program.initial(experiment.seed());
    }
    InitialModel initial = experiment.initial().get();
    try {
      double[] parameters = FinishedRuns.parameters(initial.file());
      if (!PhaseRecord.checksum(parameters).equals(initial.parameters())) {
        throw new IllegalStateException(initial.file() + " has changed since it was checked");
      }
      return parameters;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void clear(Checkpoints checkpoints) {
    try {
      checkpoints.clear();
    } catch (IOException failure) {
      place.messages().accept("warning: old checkpoints cannot be removed: " + failure);
    }
  }

  private Opened opened() {
    if (opened.isEmpty()) {
      Program program = Lowering.lower(experiment, settings.precision(), learnt::get);
      opened.add(new Opened(program, settings.runSession(threads).open(program.builder().graph())));
    }
    return opened.get(0);
  }

  @Override
  public void close() {
    opened.forEach(Opened::close);
  }
}
