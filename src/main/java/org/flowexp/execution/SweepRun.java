package org.flowexp.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.flowexp.lower.UnusableData;
import org.flowexp.model.Canonical;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunIdentity;
import org.flowexp.run.RunListener;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.run.StopRequest;
import org.flowexp.stage.FinishedRun;
import org.flowexp.stage.Plan;
import org.flowexp.stage.StageKeys;

/**
 * Runs the arms of a sweep in this process, several at once on a processor; each stage that arms
 * share is run once. An arm that fails takes no other with it.
 */
public final class SweepRun {
  /** Why an arm was left out. */
  public static final String NOT_RUN = "not run: another arm failed";

  /** Why an arm was not begun. */
  public static final String INTERRUPTED = "not begun: interrupted";

  private final Workplace place;

  /** With stages that may have been run before. */
  public SweepRun(Workplace place) {
    this.place = place;
  }

  /**
   * Runs all arms. The listener hears of each run from its start to its end, not of the sweep,
   * whose end waits for its verdicts.
   */
  public SweepResult execute(SweepModel sweep, RunSettings settings, RunListener listener) {
    SweepIdentity identity = new SweepIdentity(sweep, settings);
    int arms = sweep.arms().size();
    int workers = settings.device().isGpu() ? 1 : Math.min(settings.threads(), arms);
    int threads = Math.max(1, settings.threads() / Math.max(1, workers));
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, workers));
    try {
      List<Future<RunRecord>> futures = new ArrayList<>();
      for (int i = 0; i < arms; i++) {
        int number = i;
        futures.add(
            pool.submit(
                () -> {
                  RunRecord done =
                      stopped.get() || place.stop().isMade()
                          ? identity.unfinished(number, RunStatus.KILLED, whyNotBegun())
                          : run(identity, number, threads, listener);
                  stopped.compareAndSet(
                      false, settings.failFast() && done.status() == RunStatus.FAILED);
                  return done;
                }));
      }
      return new SweepResult(finished(futures));
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Runs one arm, in this thread.
   *
   * @param number from 0
   */
  public RunRecord arm(SweepIdentity sweep, int number, RunListener listener) {
    return run(sweep, number, sweep.settings().threads(), listener);
  }

  /**
   * Makes stages of an arm that others wait for, and what these need. Nothing is recorded of the
   * arm; the listener hears of its steps.
   *
   * @param number of the arm, from 0
   * @param stages their ids
   */
  public void stages(SweepIdentity sweep, int number, Set<String> stages, RunListener listener) {
    RunSettings settings = sweep.settings();
    try (var run =
        new ArmRun(
            sweep.sweep().arms().get(number).experiment(),
            sweep.arm(number).id(),
            settings,
            settings.threads(),
            place,
            listener)) {
      run.make(stages);
    }
  }

  /** Whether a sweep only repeats what is kept. */
  public RunEvent.Effort effort(SweepModel sweep, RunSettings settings) {
    return sweep.arms().stream()
            .allMatch(arm -> effort(arm.experiment(), settings) == RunEvent.Effort.REPEATS)
        ? RunEvent.Effort.REPEATS
        : RunEvent.Effort.WORKS;
  }

  private RunEvent.Effort effort(ExperimentModel experiment, RunSettings settings) {
    StageKeys keys = new StageKeys(settings.arithmetic());
    return Plan.isKept(experiment, keys, place.store())
        ? RunEvent.Effort.REPEATS
        : RunEvent.Effort.WORKS;
  }

  /** The wish to end before all is done. */
  public StopRequest stop() {
    return place.stop();
  }

  private String whyNotBegun() {
    return place.stop().isMade() ? INTERRUPTED : NOT_RUN;
  }

  /** The id under which the runs of a sweep name it. */
  public static String sweepId(SweepModel sweep, RunSettings settings) {
    return Canonical.sha256(
        "sweep "
            + sweep.name()
            + sweep.arms().stream()
                .map(arm -> "\n" + arm.values() + " " + hash(arm.experiment(), settings))
                .collect(Collectors.joining()));
  }

  /** SHA-256 of all that a run's results depend on. */
  public static String hash(ExperimentModel experiment, RunSettings settings) {
    return hash(experiment, settings.arithmetic().word());
  }

  /**
   * The same.
   *
   * @param arithmetic its word
   */
  public static String hash(ExperimentModel experiment, String arithmetic) {
    return Canonical.sha256(Canonical.of(experiment) + "precision " + arithmetic);
  }

  private static List<RunRecord> finished(List<Future<RunRecord>> futures) {
    List<RunRecord> records = new ArrayList<>();
    for (Future<RunRecord> future : futures) {
      try {
        records.add(future.get());
      } catch (InterruptedException interruption) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while arms were running", interruption);
      } catch (ExecutionException failure) {
        throw new IllegalStateException(failure.getCause());
      }
    }
    return records;
  }

  private RunRecord run(SweepIdentity sweep, int number, int threads, RunListener listener) {
    RunIdentity identity = sweep.arm(number);
    ExperimentModel experiment = sweep.sweep().arms().get(number).experiment();
    listener.accept(new RunEvent.RunStarted(identity, effort(experiment, sweep.settings())));
    Outcome outcome;
    Optional<FinishedRun> finished;
    try (var run =
        new ArmRun(experiment, identity.id(), sweep.settings(), threads, place, listener)) {
      outcome = outcome(run);
      finished = run.end().map(end -> finished(sweep, number, identity, end, run));
    }
    finished.ifPresent(place::keep);
    Map<String, Double> metrics = new LinkedHashMap<>(outcome.metrics());
    if (outcome.status() != RunStatus.KILLED) {
      metrics.put("energy_evals", (double) outcome.energyEvaluations());
    }
    listener.accept(
        new RunEvent.RunFinished(
            identity.id(), outcome.status(), outcome.step(), metrics, Map.of(), outcome.message()));
    return sweep.record(number, outcome);
  }

  /** A failure, whatever it is, is this arm's alone. */
  private static Outcome outcome(ArmRun run) {
    try {
      ArmRun.End end = run.run();
      return Outcome.of(end, run.energyEvaluations());
    } catch (StopRequest.Stopped asked) {
      return Outcome.stopped(run.energyEvaluations(), Optional.ofNullable(asked.getMessage()));
    } catch (UnusableData | NotEnoughSamples refused) {
      return Outcome.failed(run.energyEvaluations(), refused.getMessage());
    } catch (OutOfMemoryError full) {
      return Outcome.failed(
          run.energyEvaluations(),
          "the Java heap is full ("
              + full.getMessage()
              + "): fewer rows in `evaluate_on` or the data, or FLOWEXP_JAVA_OPTIONS=-Xmx8g");
    } catch (RuntimeException failure) {
      return Outcome.failed(
          run.energyEvaluations(),
          failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
  }

  private FinishedRun finished(
      SweepIdentity sweep, int number, RunIdentity identity, ArmRun.End end, ArmRun run) {
    SweepModel.Arm arm = sweep.sweep().arms().get(number);
    ExperimentModel experiment = arm.experiment();
    String arithmetic = sweep.settings().arithmetic().word();
    String name = sweep.sweep().name() + "/" + identity.name();
    return new FinishedRun(
        identity.id(),
        hash(experiment, sweep.settings()),
        sweep.sweep().declared() ? name : identity.name(),
        arithmetic,
        arm.values(),
        identity.params(),
        Canonical.of(experiment),
        Canonical.of(experiment.architecture()),
        new StageKeys(arithmetic).phase(experiment, experiment.phases().size() - 1).key(),
        end.last().checksum(),
        end.metrics(),
        run.energyEvaluations(),
        System.currentTimeMillis(),
        place.source());
  }
}
