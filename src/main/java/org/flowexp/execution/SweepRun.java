package org.flowexp.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.flowexp.run.Divergence;
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
 * Runs the arms of a sweep, several at once on a processor; each stage that arms share is run once.
 * An arm that fails takes no other with it.
 */
public final class SweepRun {
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
    int workers = settings.device().isGpu() ? 1 : Math.min(settings.threads(), sweep.arms().size());
    int threads = Math.max(1, settings.threads() / Math.max(1, workers));
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, workers));
    try {
      List<Future<RunRecord>> futures = new ArrayList<>();
      for (SweepModel.Arm arm : sweep.arms()) {
        futures.add(
            pool.submit(
                () -> {
                  RunRecord done =
                      stopped.get() || place.stop().isMade()
                          ? skipped(sweep, arm, settings)
                          : run(sweep, arm, settings, threads, listener);
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

  /** Whether a sweep only repeats what is kept. */
  public RunEvent.Effort effort(SweepModel sweep, RunSettings settings) {
    return sweep.arms().stream()
            .allMatch(arm -> effort(arm.experiment(), settings) == RunEvent.Effort.REPEATS)
        ? RunEvent.Effort.REPEATS
        : RunEvent.Effort.WORKS;
  }

  private RunEvent.Effort effort(ExperimentModel experiment, RunSettings settings) {
    StageKeys keys = new StageKeys(settings.precision().word());
    return Plan.isKept(experiment, keys, place.store())
        ? RunEvent.Effort.REPEATS
        : RunEvent.Effort.WORKS;
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
    return Canonical.sha256(Canonical.of(experiment) + "precision " + settings.precision().word());
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

  private RunRecord run(
      SweepModel sweep,
      SweepModel.Arm arm,
      RunSettings settings,
      int threads,
      RunListener listener) {
    RunIdentity identity = identity(sweep, arm, settings);
    listener.accept(new RunEvent.RunStarted(identity, effort(arm.experiment(), settings)));
    Outcome outcome;
    Optional<FinishedRun> finished;
    try (var run =
        new ArmRun(arm.experiment(), identity.id(), settings, threads, place, listener)) {
      outcome = outcome(run);
      finished = run.end().map(end -> finished(sweep, arm, identity, settings, end, run));
    }
    finished.ifPresent(place::keep);
    Map<String, Double> metrics = new LinkedHashMap<>(outcome.metrics);
    if (outcome.status != RunStatus.KILLED) {
      metrics.put("energy_evals", (double) outcome.energyEvaluations);
    }
    listener.accept(
        new RunEvent.RunFinished(
            identity.id(), outcome.status, outcome.step, metrics, Map.of(), outcome.message));
    return record(identity, arm, settings, outcome);
  }

  private record Outcome(
      Map<String, Double> metrics,
      long step,
      long energyEvaluations,
      RunStatus status,
      Optional<String> message) {}

  /** A failure, whatever it is, is this arm's alone. */
  private static Outcome outcome(ArmRun run) {
    try {
      ArmRun.End end = run.run();
      Optional<String> message = end.last().divergence().map(Divergence::message);
      return new Outcome(
          end.metrics(),
          end.last().step(),
          run.energyEvaluations(),
          message.isPresent() ? RunStatus.FAILED : RunStatus.FINISHED,
          message);
    } catch (StopRequest.Stopped asked) {
      return new Outcome(
          Map.of(),
          0,
          run.energyEvaluations(),
          RunStatus.KILLED,
          Optional.ofNullable(asked.getMessage()));
    } catch (UnusableData refused) {
      return failed(run, refused.getMessage());
    } catch (OutOfMemoryError full) {
      return failed(
          run,
          "the Java heap is full ("
              + full.getMessage()
              + "): fewer rows in `evaluate_on` or the data, or FLOWEXP_JAVA_OPTIONS=-Xmx8g");
    } catch (RuntimeException failure) {
      return failed(run, failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
  }

  private static Outcome failed(ArmRun run, String message) {
    return new Outcome(
        Map.of(), 0, run.energyEvaluations(), RunStatus.FAILED, Optional.of(message));
  }

  private FinishedRun finished(
      SweepModel sweep,
      SweepModel.Arm arm,
      RunIdentity identity,
      RunSettings settings,
      ArmRun.End end,
      ArmRun run) {
    ExperimentModel experiment = arm.experiment();
    String precision = settings.precision().word();
    return new FinishedRun(
        identity.id(),
        hash(experiment, settings),
        sweep.declared() ? sweep.name() + "/" + identity.name() : identity.name(),
        precision,
        arm.values(),
        identity.params(),
        Canonical.of(experiment),
        Canonical.of(experiment.architecture()),
        new StageKeys(precision).phase(experiment, experiment.phases().size() - 1).key(),
        end.last().checksum(),
        end.metrics(),
        run.energyEvaluations(),
        System.currentTimeMillis(),
        place.source());
  }

  private RunRecord skipped(SweepModel sweep, SweepModel.Arm arm, RunSettings settings) {
    String why = place.stop().isMade() ? "not begun: interrupted" : "not run: another arm failed";
    return record(
        identity(sweep, arm, settings),
        arm,
        settings,
        new Outcome(Map.of(), 0, 0, RunStatus.KILLED, Optional.of(why)));
  }

  private static RunRecord record(
      RunIdentity identity, SweepModel.Arm arm, RunSettings settings, Outcome outcome) {
    return new RunRecord(
        identity.id(),
        hash(arm.experiment(), settings),
        identity.name(),
        arm.values(),
        arm.experiment().params(),
        outcome.metrics,
        outcome.energyEvaluations,
        outcome.status,
        outcome.message);
  }

  private static RunIdentity identity(SweepModel sweep, SweepModel.Arm arm, RunSettings settings) {
    String name =
        arm.values().isEmpty()
            ? arm.experiment().name()
            : arm.values().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    String hash = hash(arm.experiment(), settings);
    Map<String, String> params = new LinkedHashMap<>(arm.experiment().params());
    params.putAll(arm.values());
    return new RunIdentity(
        Canonical.sha256(hash + "\n" + sweep.name() + "\n" + name),
        name,
        arm.experiment().name(),
        sweep.declared() ? Optional.of(sweepId(sweep, settings)) : Optional.empty(),
        params,
        Map.of("hash", hash, "precision", settings.precision().word()));
  }
}
