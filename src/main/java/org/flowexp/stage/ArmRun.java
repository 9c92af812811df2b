package org.flowexp.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flowexp.data.Samples;
import org.flowexp.evaluate.Evaluation;
import org.flowexp.lower.Lowering;
import org.flowexp.lower.Program;
import org.flowexp.model.Canonical;
import org.flowexp.model.DataSource;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.MetricModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.run.RunListener;
import org.tensorflow.Session;

/** The stages of one arm: its data, then each phase. Opens a graph only if a stage has to run. */
final class ArmRun implements AutoCloseable {
  private static final String ENERGY = "u";

  private final ExperimentModel experiment;
  private final String subject;
  private final RunSettings settings;
  private final int threads;
  private final StageStore store;
  private final RunListener listener;
  private final DataStages dataStages;
  private final Map<String, Long> draws = new TreeMap<>();
  private final Map<String, Samples> reference = new TreeMap<>();
  private final Map<DataSource, Samples> learnt = new HashMap<>();
  private final Map<String, double[]> energies = new TreeMap<>();
  private final List<Opened> opened = new ArrayList<>();
  private long energyEvaluations;

  private record Opened(Program program, Session session) {}

  ArmRun(
      ExperimentModel experiment,
      String subject,
      RunSettings settings,
      int threads,
      StageStore store,
      RunListener listener) {
    this.experiment = experiment;
    this.subject = subject;
    this.settings = settings;
    this.threads = threads;
    this.store = store;
    this.listener = listener;
    this.dataStages = new DataStages(store, settings);
  }

  /** How the last phase ended, or the first that diverged. */
  PhaseEnd run() {
    List<Optional<Samples>> data = new ArrayList<>();
    for (PhaseModel phase : experiment.phases()) {
      data.add(phase.data().map(source -> taken(dataStages.of(source))));
    }
    experiment
        .architecture()
        .bakedIn()
        .forEach(source -> learnt.put(source, taken(dataStages.of(source))));
    prepareReference();
    Optional<PhaseEnd> end = Optional.empty();
    for (int i = 0; i < data.size() && !end.flatMap(PhaseEnd::divergence).isPresent(); i++) {
      end = Optional.of(phase(i, end, data.get(i)));
      energyEvaluations += end.get().energyEvaluations();
    }
    return end.orElseThrow();
  }

  /** Evaluations of u by all stages of this arm, shared ones included. */
  long energyEvaluations() {
    return energyEvaluations + draws.values().stream().mapToLong(Long::longValue).sum();
  }

  private Samples taken(SampledData data) {
    draws.putAll(data.draws());
    return data.samples();
  }

  private void prepareReference() {
    for (MetricModel metric : experiment.metrics()) {
      metric.data().forEach((key, source) -> reference.put(key, taken(dataStages.of(source))));
    }
    for (MetricModel metric : experiment.metrics()) {
      for (String key : Evaluation.energiesOf(List.of(metric))) {
        if (!energies.containsKey(key)) {
          energies.put(key, energies(key, Canonical.of(metric.data().get(key))));
          energyEvaluations += reference.get(key).count();
        }
      }
    }
  }

  private double[] energies(String key, String source) {
    String stage =
        "energies of " + source + "\nof " + Canonical.of(experiment.system()) + precision();
    return store.get(
        "energies-" + Canonical.sha256(stage),
        double[].class,
        () -> {
          Opened graph = opened();
          double[] x = reference.get(key).values();
          return graph.program.density().at(graph.session, x, List.of(ENERGY)).get(ENERGY);
        });
  }

  private PhaseEnd phase(int number, Optional<PhaseEnd> before, Optional<Samples> data) {
    boolean[] mine = {false};
    PhaseEnd end =
        store.get(
            "phase-" + key(number),
            PhaseEnd.class,
            () -> {
              mine[0] = true;
              return train(number, before, data);
            });
    if (!mine[0]) {
      end.events().forEach(event -> listener.accept(Replay.to(subject, event)));
    }
    return end;
  }

  private PhaseEnd train(int number, Optional<PhaseEnd> before, Optional<Samples> data) {
    Opened graph = opened();
    double[] start =
        before.map(PhaseEnd::parameters).orElseGet(() -> graph.program.initial(experiment.seed()));
    var evaluation = new Evaluation(graph.program, reference, energies);
    return new PhaseRun(graph.program, graph.session, number, subject, evaluation, listener)
        .run(graph.program, start, data);
  }

  /** The names are part of it since the events of a phase carry them. */
  private String key(int last) {
    Map<String, String> names = new LinkedHashMap<>();
    experiment.phases().subList(0, last + 1).forEach(phase -> names.put(phase.name(), "phase"));
    experiment.metrics().forEach(metric -> names.put(metric.name(), Canonical.of(metric)));
    return Canonical.sha256(
        Canonical.throughPhase(experiment, last)
            + Canonical.measured(experiment)
            + names
            + precision());
  }

  private String precision() {
    return "\nprecision " + settings.precision().word();
  }

  private Opened opened() {
    if (opened.isEmpty()) {
      Program program = Lowering.lower(experiment, settings.precision(), learnt::get);
      opened.add(new Opened(program, settings.session(threads).open(program.builder().graph())));
    }
    return opened.get(0);
  }

  @Override
  public void close() {
    for (Opened graph : opened) {
      graph.session.close();
      graph.program.close();
    }
  }
}
