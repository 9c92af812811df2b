package org.flowexp.execution;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Checkpoints;
import org.flowexp.checkpoint.Refusal;
import org.flowexp.data.Samples;
import org.flowexp.model.Canonical;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.PhaseModel;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListener;
import org.flowexp.run.StopRequest;
import org.flowexp.stage.PhaseRecord;
import org.flowexp.stage.Series;
import org.flowexp.stage.Snapshots;
import org.flowexp.train.Trained;
import org.flowexp.train.Trainer;
import org.flowexp.train.TrainingObserver;
import org.flowexp.train.TrainingState;

/**
 * Trains one phase, from its beginning or from a checkpoint, evaluates on the way, and tells the
 * listener.
 */
final class PhaseRun implements TrainingObserver {
  private static final int CHECKPOINT_SHARE = 20;

  private final ExperimentModel experiment;
  private final PhaseModel phase;
  private final int number;
  private final String subject;
  private final Evaluations evaluations;
  private final Optional<Checkpoints> checkpoints;
  private final long everyNanos;
  private final RunListener listener;
  private final Consumer<String> messages;
  private final StopRequest stop;
  private final long firstStep;
  private final Set<Long> wanted = new HashSet<>();
  private Series series = new Series();
  private Snapshots snapshots = new Snapshots();
  private Optional<Opened> graph = Optional.empty();
  private long due;
  private boolean unwritable;

  PhaseRun(
      ExperimentModel experiment,
      int number,
      String subject,
      Evaluations evaluations,
      Optional<Checkpoints> checkpoints,
      RunListener listener,
      Workplace place) {
    this.experiment = experiment;
    this.phase = experiment.phases().get(number);
    this.number = number;
    this.subject = subject;
    this.evaluations = evaluations;
    this.checkpoints = checkpoints;
    this.everyNanos = place.checkpointing().map(c -> c.every().toNanos()).orElse(0L);
    this.listener = listener;
    this.messages = place.messages();
    this.stop = place.stop();
    this.firstStep = firstStep(experiment, number);
  }

  static long firstStep(ExperimentModel experiment, int number) {
    return experiment.phases().subList(0, number).stream().mapToLong(PhaseModel::steps).sum();
  }

  /** Whether a record has what evaluations on the way need; says so if it has not. */
  boolean suffices(PhaseRecord record) {
    Optional<Long> missing =
        record.divergence().isPresent()
            ? Optional.empty()
            : evaluations.missing(number, firstStep, end(), record.snapshots().steps());
    missing.ifPresent(
        step -> {
          wanted.addAll(record.snapshots().steps());
          messages.accept(
              "phase `"
                  + phase.name()
                  + "` is run again: its parameters after step "
                  + step
                  + ", which are to be evaluated, were not kept");
        });
    return missing.isEmpty();
  }

  private long end() {
    return firstStep + phase.steps();
  }

  PhaseRecord run(Opened opened, double[] start, Optional<Samples> data) {
    graph = Optional.of(opened);
    due = System.nanoTime() + everyNanos;
    Optional<TrainingState> state = resumed(opened.program().layout().size());
    listener.accept(new RunEvent.PhaseStarted(subject, phase.name(), phase.steps()));
    state.ifPresent(s -> replay(firstStep + s.step(), series, snapshots));
    Trainer trainer =
        new Trainer(
            opened.program(), opened.session(), experiment.seed(), number, data, firstStep, this);
    Trained trained = state.isPresent() ? trainer.resume(state.get()) : trainer.train(start);
    return new PhaseRecord(
        trained.parameters(),
        snapshots,
        series,
        firstStep + trained.steps(),
        trained.energyEvaluations(),
        trained.divergence());
  }

  /** The phase as it was, for a run that has it in common with another. */
  void replay(PhaseRecord record, String how) {
    listener.accept(
        new RunEvent.StageReused(subject, phase.name(), how, record.step() - firstStep));
    listener.accept(new RunEvent.PhaseStarted(subject, phase.name(), phase.steps()));
    replay(record.step(), record.series(), record.snapshots());
  }

  private void replay(long last, Series logged, Snapshots known) {
    long evaluated = firstStep;
    for (Series.Point point : logged.points(phase.loss().termNames())) {
      evaluate(evaluated, Math.min(point.step() - 1, last), known);
      evaluated = Math.max(evaluated, Math.min(point.step() - 1, last));
      listener.accept(new RunEvent.StepLogged(subject, phase.name(), point.step(), point.values()));
    }
    evaluate(evaluated, last, known);
  }

  /** What is due after {@code from}, up to and with {@code to}, but not the end of the phase. */
  private void evaluate(long from, long to, Snapshots known) {
    for (long step = from + 1; step <= to && step < end(); step++) {
      if (evaluations.isDue(step)) {
        long now = step;
        tell(step, evaluations.of(number, step, () -> known.at(now).orElseThrow()));
      }
    }
  }

  void tell(long step, Map<String, Double> metrics) {
    listener.accept(new RunEvent.Evaluated(subject, phase.name(), step, metrics));
  }

  @Override
  public void logged(long step, Map<String, Double> values) {
    series.add(step, values);
    listener.accept(new RunEvent.StepLogged(subject, phase.name(), step, values));
  }

  @Override
  public void stepped(long step, Supplier<TrainingState> state) {
    if (step == end()) {
      return; // evaluated when the phase is safe
    }
    if (evaluations.isDue(step) || wanted.contains(step)) {
      int size = graph.orElseThrow().program().layout().size();
      if (snapshots.hasRoomFor(size)) {
        Opened opened = graph.orElseThrow();
        snapshots.put(step, opened.program().parameters().read(opened.session()));
      }
    }
    if (evaluations.isDue(step)) {
      tell(step, evaluations.here(number, step));
    }
    boolean stops = stop.isMade();
    if (checkpoints.isPresent() && (stops || System.nanoTime() >= due)) {
      save(checkpoints.get(), state.get());
    }
    if (stops) {
      stop.obey();
    }
  }

  private void save(Checkpoints kept, TrainingState state) {
    long begin = System.nanoTime();
    try {
      kept.save(
          state.step(),
          new Archive.Builder()
              .text("architecture", Canonical.of(experiment.architecture()))
              .all("training/", state.archive())
              .all("series/", series.archive())
              .all("snapshots/", snapshots.archive())
              .build());
    } catch (IOException failure) {
      if (!unwritable) {
        unwritable = true;
        messages.accept(
            "warning: no checkpoint of phase `" + phase.name() + "` can be kept: " + failure);
      }
    }
    long now = System.nanoTime();
    due = now + Math.max(everyNanos, CHECKPOINT_SHARE * (now - begin));
  }

  /** What a checkpoint holds. */
  private record Resumed(TrainingState state, Series series, Snapshots snapshots) {}

  private Optional<TrainingState> resumed(int size) {
    if (checkpoints.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<Resumed> found = checkpoints.get().latest(archive -> read(archive, size), messages);
      found.ifPresent(
          resumed -> {
            series = resumed.series;
            snapshots = resumed.snapshots;
            long step = resumed.state.step();
            listener.accept(
                new RunEvent.StageReused(
                    subject, phase.name(), "goes on after step " + (firstStep + step), step));
          });
      return found.map(Resumed::state);
    } catch (IOException unreadable) {
      messages.accept(
          "warning: the checkpoints of phase `" + phase.name() + "` cannot be read: " + unreadable);
      return Optional.empty();
    }
  }

  private Resumed read(Archive archive, int size) throws Refusal {
    Resumed resumed =
        new Resumed(
            TrainingState.of(archive.part("training/"), size),
            Series.of(archive.part("series/")),
            Snapshots.of(archive.part("snapshots/"), size));
    long last = firstStep + resumed.state.step();
    Optional<Long> missing =
        evaluations.missing(number, firstStep, last + 1, resumed.snapshots.steps());
    if (missing.isPresent()) {
      throw new Refusal("it has no parameters after step " + missing.get() + " to evaluate");
    }
    return resumed;
  }
}
