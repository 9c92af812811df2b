package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.claim.Baselines;
import org.flowexp.claim.Outcome;
import org.flowexp.claim.Verdict;
import org.flowexp.claim.Verdicts;
import org.flowexp.execution.RunSettings;
import org.flowexp.execution.SweepRun;
import org.flowexp.model.Canonical;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunListeners;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.source.SourceFile;
import org.flowexp.tracking.MlflowTracker;
import org.flowexp.tracking.TrackedRun;
import org.flowexp.tracking.TrackingSettings;
import org.flowexp.tracking.TrackingTarget;

/** Runs sweeps under the eyes of their listeners; stages that they share are run once. */
final class SweepExecution {
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
      recorder.begin(sweep.name(), Map.of(), "Sweep of `" + sweep.experiment() + "`");
      runs = executor.execute(sweep, recorder, progress.shared()).records();
      verdicts = Verdicts.decide(sweep, runs, baselines);
      ArmSummary arms = ArmSummary.of(sweep, runs);
      recorder.end(summary(sweep, runs, arms), status(runs), tags(verdicts), arms.metrics());
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
    new SweepRecords(settings)
        .keep(SweepRecords.of(SweepRun.sweepId(sweep, how), report, source, curves.curves()));
    return report;
  }

  private SweepReport.Conditions conditions() {
    return new SweepReport.Conditions(how.precision().word(), how.device().isGpu() ? "gpu" : "cpu");
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
  private Map<String, Path> summary(SweepModel sweep, List<RunRecord> runs, ArmSummary arms)
      throws IOException {
    Path folder = folder("summaries");
    String id = SweepRun.sweepId(sweep, how);
    String table = SummaryTable.of(sweep, runs).markdown();
    return Map.of(
        "summary.md", Files.writeString(folder.resolve(id + ".md"), table),
        "summary.csv", Files.writeString(folder.resolve(id + ".csv"), arms.csv()));
  }

  /** The canonical form of each run, by its hash. */
  private Map<String, Path> resolved(SweepModel sweep) throws IOException {
    Path folder = folder("resolved");
    Map<String, Path> files = new LinkedHashMap<>();
    for (SweepModel.Arm arm : sweep.arms()) {
      String hash = SweepRun.hash(arm.experiment(), how);
      Path file = folder.resolve(hash + ".txt");
      files.put(hash, Files.writeString(file, Canonical.of(arm.experiment())));
    }
    return files;
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(settings.folder(Setting.CACHE).resolve(name));
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
