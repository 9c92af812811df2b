package org.flowexp.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.execution.RunSettings;
import org.flowexp.execution.SweepRun;
import org.flowexp.model.Suite;
import org.flowexp.model.SweepModel;
import org.flowexp.run.StopRequest;
import org.flowexp.source.SourceFile;
import org.flowexp.stage.RunSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every verb that runs a file can be told, and the way it is run. */
final class RunOptions {
  @Mixin private final ParamOptions params = new ParamOptions();

  @Mixin private final PartOptions part = new PartOptions();

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Option(names = "--offline", description = "no MLflow now; `sync` sends the runs later")
  private boolean offline;

  @Option(names = "--fail-fast", description = "no further runs after one that failed")
  private boolean failFast;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "runs in N processes of their own; threads and graphics cards are divided")
  private Optional<Integer> jobs = Optional.empty();

  @Option(
      names = "--on",
      paramLabel = "local|slurm",
      description = "slurm: as jobs of the cluster; Ctrl-C leaves them there",
      defaultValue = "local")
  private String on = "local";

  private boolean told;

  /**
   * What became of a file.
   *
   * @param diagnostics of its check
   * @param reports none if it has mistakes
   */
  record Outcome(String file, Diagnostics diagnostics, List<SweepReport> reports) {
    int exitCode() {
      int worst = reports.stream().mapToInt(SweepReport::exitCode).max().orElse(ExitCode.OK);
      return diagnostics.hasErrors() ? ExitCode.REJECTED : worst;
    }
  }

  /** The profile, or an empty text. */
  String profile() {
    return params.profile().orElse("");
  }

  /**
   * Checks a file, and runs what is chosen of it.
   *
   * @param each is told of each sweep when it is over
   */
  Outcome execute(Host host, String file, Consumer<SweepReport> each)
      throws UsageProblem, RunFailure, IOException {
    checkPlace();
    Settings settings = Settings.load(commandLine(), host);
    Checking checking = new Checking(host);
    SourceFile source = checking.read(file);
    Diagnostics diagnostics = new Diagnostics();
    Choices choices = part.choices(params, settings, diagnostics);
    Optional<Suite> suite = Checking.check(source, choices, diagnostics);
    checking.print(diagnostics);
    List<SweepReport> reports = new ArrayList<>();
    if (suite.isPresent() && !diagnostics.hasErrors()) {
      Workplaces.requireWritable(settings);
      StopRequest stop = new StopRequest();
      host.interrupts().accept(stop);
      RunSource written = written(host, file, source);
      RunSettings how =
          isHere()
              ? Computing.here(settings, host, failFast)
              : Computing.elsewhere(settings, failFast);
      SweepRun here = new SweepRun(Workplaces.of(settings, written, stop, host.err()::println));
      SweepExecution execution =
          new SweepExecution(
              host,
              settings,
              source,
              how,
              executor(new Ordering(host, settings, written, how, here)));
      for (SweepModel chosen : chosen(suite.get(), file)) {
        if (stop.isMade()) {
          throw Interrupted.between(settings.folder(Setting.CACHE));
        }
        execution.requireRoom(chosen);
        sayWhere(host, settings);
        SweepReport report = execution.execute(chosen);
        reports.add(report);
        each.accept(report);
      }
    }
    return new Outcome(file, diagnostics, reports);
  }

  /** Once, however many files there are. */
  private void sayWhere(Host host, Settings settings) {
    if (!told) {
      told = true;
      Computing.note(settings).ifPresent(host.err()::println);
    }
  }

  private boolean isHere() {
    return jobs.isEmpty() && on.equals("local");
  }

  private void checkPlace() throws UsageProblem {
    if (!on.equals("local") && !on.equals("slurm")) {
      throw new UsageProblem("`--on " + on + "`: expected local or slurm");
    }
    if (jobs.isPresent() && jobs.get() < 1) {
      throw new UsageProblem("`--jobs " + jobs.get() + "`: expected at least 1");
    }
    if (jobs.isPresent() && on.equals("slurm")) {
      throw new UsageProblem("`--jobs` divides this machine; on Slurm the cluster does that");
    }
  }

  private SweepExecutor executor(Ordering ordering) {
    if (isHere()) {
      return new ThisProcess(ordering.here(), ordering.how());
    }
    return jobs.isPresent() ? new LocalProcesses(ordering, jobs.get()) : new SlurmJobs(ordering);
  }

  private Map<Setting, String> commandLine() {
    Map<Setting, String> given = compute.given();
    if (offline) {
      given.put(Setting.TRACKING, "offline");
    }
    return given;
  }

  private RunSource written(Host host, String file, SourceFile source) {
    String folder = String.valueOf(host.path(file).toAbsolutePath().getParent());
    return new RunSource(
        file, folder, source.text(), params.values(), params.profile(), part.experiment());
  }

  private static List<SweepModel> chosen(Suite suite, String file) throws UsageProblem {
    if (suite.sweeps().isEmpty()) {
      throw new UsageProblem("`" + file + "` has no sweep and no experiment to run");
    }
    return suite.sweeps();
  }
}
