package org.flowexp.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.execution.SweepRun;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.Suite;
import org.flowexp.model.SweepModel;
import org.flowexp.source.SourceFile;
import org.flowexp.stage.FinishedRun;
import org.flowexp.stage.RunSource;

/** The experiment of a finished run: its recorded text, checked again. */
final class KeptExperiment {
  private KeptExperiment() {}

  /**
   * The very experiment that was run.
   *
   * @throws RunFailure if what it imports or starts from is no longer what it was
   */
  static ExperimentModel of(FinishedRun run, Settings settings) throws UsageProblem, RunFailure {
    RunSource written =
        run.source().orElseThrow(() -> new RunFailure(called(run) + " was kept without its text"));
    Diagnostics diagnostics = new Diagnostics();
    Choices choices =
        Checking.choices(written.settings(), written.profile(), written.experiment(), diagnostics)
            .with(new KeptGenerators(settings));
    SourceFile file = new SourceFile(written.file(), written.text(), Path.of(written.folder()));
    Optional<Suite> suite = Checking.check(file, choices, diagnostics);
    return suite.stream()
        .flatMap(checked -> checked.sweeps().stream())
        .flatMap(sweep -> sweep.arms().stream())
        .map(SweepModel.Arm::experiment)
        .filter(experiment -> SweepRun.hash(experiment, run.arithmetic()).equals(run.hash()))
        .findFirst()
        .orElseThrow(() -> new RunFailure(changed(run, diagnostics)));
  }

  private static String changed(FinishedRun run, Diagnostics diagnostics) {
    return called(run)
        + " cannot be put together again: what its file imports, loads or starts from has changed"
        + diagnostics.inFileOrder().stream()
            .findFirst()
            .map(first -> " (" + first.message() + ")")
            .orElse("")
        + "; run it again";
  }

  private static String called(FinishedRun run) {
    return "`" + run.name() + "` (" + run.hash().substring(0, 10) + ")";
  }
}
