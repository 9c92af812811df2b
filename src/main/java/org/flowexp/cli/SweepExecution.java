package org.flowexp.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.checkpoint.SealedFile;
import org.flowexp.claim.Baselines;
import org.flowexp.claim.Outcome;
import org.flowexp.claim.Verdict;
import org.flowexp.claim.Verdicts;
import org.flowexp.execution.RunSettings;
import org.flowexp.execution.SweepRun;
import org.flowexp.model.Canonical;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListeners;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.run.SweepRecord;
import org.flowexp.source.SourceFile;
import org.flowexp.stage.Arithmetic;
import org.flowexp.tracking.MlflowTracker;
import org.flowexp.tracking.TrackedRun;
import org.flowexp.tracking.TrackingSettings;
import org.flowexp.tracking.TrackingTarget;

/** Runs sweeps under the eyes of their listeners; stages that they share are run once. */
final class SweepExecution {
  /** MLflow shows what this tag says, in Markdown, on the run's page. */
  private static final String NOTE = "mlflow.note.content";

  private final Host host;
  private final Settings settings;
  private final SourceFile source;
  private final RunSettings how;
  private final SweepExecutor executor;

  SweepExecution(
      Host host, Settings settings, SourceFile source, RunSettings how, SweepExecutor executor) {
    this.host = host;
    this.settings = settings;
    this.source = source;
    this.how = how;
    this.executor = executor;
  }

  /** Before anything of a sweep is run: a failure if this machine has no memory for it. */
  void requireRoom(SweepModel sweep) throws RunFailure {
    if (!executor.outlivesThisProcess()
        && executor.here().effort(sweep, how) == RunEvent.Effort.WORKS) {
      new MemoryCheck(settings).requireRoom(sweep, how);
    }
  }

  /**
   * Runs a sweep.
   *
   * @throws RunFailure if it is stopped before its end
   */
  SweepReport execute(SweepModel sweep) throws UsageProblem, RunFailure, IOException {
    Optional<Baselines> baselines = baselines();
    Tracking tracking = new Tracking(host, settings);
    TrackingTarget target = tracking.target(TrackingTarget.Lifetime.WHILE_USED);
    MlflowTracker tracker = MlflowTracker.open(target, trackingSettings(sweep, tracking));
    Optional<String> id =
        sweep.declared() ? Optional.of(SweepRun.sweepId(sweep, how)) : Optional.empty();
    CurveRecorder curves = new CurveRecorder();
    Progress progress = new Progress(host, sweep);
    RunListeners listeners =
        new RunListeners(List.of(progress, curves, tracker), this::listenerFailed);
    Recorder recorder = new Recorder(listeners, id, host.path(source.name()), resolved(sweep));
    Thread ending =
        new Thread(
            executor.outlivesThisProcess() ? recorder::close : recorder::interrupt, "interrupted");
    Runtime.getRuntime().addShutdownHook(ending);
    List<RunRecord> runs;
    List<Verdict> verdicts;
    try (recorder) {
      recorder.begin(sweep.name(), heading(sweep), executor.here().effort(sweep, how));
      runs = executor.execute(sweep, recorder, progress.shared()).records();
      if (executor.here().stop().isMade() && status(runs) != RunStatus.FINISHED) {
        tracker.hurry();
        recorder.interrupt();
        throw Interrupted.of(runs, settings.folder(Setting.CACHE));
      }
      verdicts = Verdicts.decide(sweep, runs, baselines);
      ArmSummary arms = ArmSummary.of(sweep, runs);
      Map<String, String> tags = tags(verdicts);
      tags.put(NOTE, note(sweep, runs, verdicts));
      recorder.end(summary(sweep, runs, arms), status(runs), tags, arms.metrics());
    } finally {
      withdraw(ending);
    }
    if (!tracker.isDelivered() && !(target instanceof TrackingTarget.Offline)) {
      host.err().println("Not all of it is in MLflow yet; `./run-experiment sync` sends the rest.");
    }
    Map<String, TrackedRun> tracked = new LinkedHashMap<>();
    runs.forEach(run -> tracker.tracked(run.id()).ifPresent(at -> tracked.put(run.id(), at)));
    SweepReport report =
        new SweepReport(sweep, runs, verdicts, tracked, id.flatMap(tracker::tracked), conditions());
    keep(SweepRecords.of(SweepRun.sweepId(sweep, how), report, source, curves.curves()));
    return report;
  }

  /** What was measured is printed all the same where the disk is full. */
  private void keep(SweepRecord record) {
    try {
      new SweepRecords(settings).keep(record);
    } catch (IOException failure) {
      host.err().println("warning: the record for `report` cannot be kept: " + failure);
    }
  }

  private SweepReport.Conditions conditions() {
    String numbers = how.arithmetic().without(Arithmetic.Way.GPU).word();
    return new SweepReport.Conditions(numbers, how.device().isGpu() ? "gpu" : "cpu");
  }

  private Optional<Baselines> baselines() throws UsageProblem {
    List<Baselines.Entry> entries = BaselineFile.of(host.path(source.name())).read();
    return Optional.of(new Baselines(entries, conditions().precision(), conditions().device()));
  }

  private static void withdraw(Thread ending) {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException alreadyEnding) {
      // The hook is at work: the process ends.
      return;
    }
  }

  private TrackingSettings trackingSettings(SweepModel sweep, Tracking tracking) {
    String file = Checking.stem(source.name());
    String name =
        sweep.arms().stream()
            .flatMap(arm -> arm.experiment().trackedAs().stream())
            .findFirst()
            .orElse(sweep.declared() ? file + "/" + sweep.name() : file);
    return new TrackingSettings(
        name,
        tracking.journal(),
        TrackingSettings.sourceTags(source.name(), host.firstLine("git", "rev-parse", "HEAD")),
        TrackingSettings.USUAL_DEADLINE,
        host.err()::println);
  }

  private void listenerFailed(RuntimeException failure) {
    host.err().println("warning: what listens to the run failed: " + failure);
  }

  /** The table of the arms, for people and for programs. */
  private Map<String, Path> summary(SweepModel sweep, List<RunRecord> runs, ArmSummary arms) {
    String id = SweepRun.sweepId(sweep, how);
    Map<String, Path> files = new LinkedHashMap<>();
    write("summaries", id + ".md", SummaryTable.of(sweep, runs).markdown())
        .ifPresent(file -> files.put("summary.md", file));
    write("summaries", id + ".csv", arms.csv()).ifPresent(file -> files.put("summary.csv", file));
    return files;
  }

  /** The table of the arms, and what was decided. */
  private static String note(SweepModel sweep, List<RunRecord> runs, List<Verdict> verdicts) {
    StringBuilder note = new StringBuilder(heading(sweep)).append("\n\n");
    note.append(SummaryTable.of(sweep, runs).markdown());
    if (!verdicts.isEmpty()) {
      note.append('\n');
    }
    for (Verdict verdict : verdicts) {
      String word = verdict.outcome().word();
      note.append("- **%s** %s: %s\n".formatted(word, verdict.title(), verdict.explanation()));
    }
    return note.toString();
  }

  private static String heading(SweepModel sweep) {
    return sweep.declared() ? "Sweep of `" + sweep.experiment() + "`" : "Experiment";
  }

  /** The canonical form of each run, by its hash. */
  private Map<String, Path> resolved(SweepModel sweep) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (SweepModel.Arm arm : sweep.arms()) {
      String hash = SweepRun.hash(arm.experiment(), how);
      write("resolved", hash + ".txt", Canonical.of(arm.experiment()))
          .ifPresent(file -> files.put(hash, file));
    }
    return files;
  }

  /** A file for MLflow, written at once, since another process may read it; a run ends without. */
  private Optional<Path> write(String folder, String name, String text) {
    Path file = settings.folder(Setting.CACHE).resolve(folder).resolve(name);
    try {
      Files.createDirectories(file.getParent());
      SealedFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
      return Optional.of(file);
    } catch (IOException failure) {
      host.err().println("warning: MLflow gets no " + name + ": " + failure);
      return Optional.empty();
    }
  }

  private static RunStatus status(List<RunRecord> runs) {
    boolean all = runs.stream().allMatch(run -> run.status() == RunStatus.FINISHED);
    return all ? RunStatus.FINISHED : RunStatus.FAILED;
  }

  /** One tag a verdict, and one for them all. */
  private static Map<String, String> tags(List<Verdict> verdicts) {
    Map<String, String> tags = new LinkedHashMap<>();
    Outcome worst = Outcome.HELD;
    for (Verdict verdict : verdicts) {
      tags.put("verdict." + verdict.title(), verdict.outcome().word());
      verdict.evidence().ifPresent(found -> tags.put("p." + verdict.title(), found.text()));
      if (worst != Outcome.FAILED && verdict.outcome() != Outcome.HELD) {
        worst = verdict.outcome();
      }
    }
    if (!verdicts.isEmpty()) {
      tags.put("verdicts", worst.word());
    }
    return tags;
  }
}
