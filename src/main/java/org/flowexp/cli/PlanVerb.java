package org.flowexp.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.model.Suite;
import org.flowexp.model.SweepModel;
import org.flowexp.source.SourceFile;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.Plan;
import org.flowexp.stage.StageKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plan FILE}: what a run would do, without doing it, and without TensorFlow. */
@Command(name = "plan", description = "Shows the stages of a file's runs, cached or why not.")
final class PlanVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "a file ending in .flowexp")
  private String file = "";

  @Mixin private final ParamOptions params = new ParamOptions();

  @Mixin private final PartOptions part = new PartOptions();

  @Mixin private final NumberOptions numbers = new NumberOptions();

  PlanVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem {
    Settings settings = Settings.load(numbers.given(), host());
    Checking checking = new Checking(host());
    SourceFile source = checking.read(file);
    Diagnostics diagnostics = new Diagnostics();
    Optional<Suite> suite =
        Checking.check(source, part.choices(params, settings, diagnostics), diagnostics);
    checking.print(diagnostics);
    String word = settings.arithmetic().word();
    Path stages = FinishedRuns.stages(settings.folder(Setting.CACHE));
    List<PlannedSweep> plans = new ArrayList<>();
    if (suite.isPresent() && !diagnostics.hasErrors()) {
      DiskStore store = new DiskStore(stages, host().err()::println);
      for (SweepModel chosen : suite.get().sweeps()) {
        plans.add(new PlannedSweep(chosen, word, Plan.of(chosen, new StageKeys(word), store)));
      }
    }
    switch (format()) {
      case JSON ->
          host()
              .out()
              .println(PlanJson.of(file, diagnostics.inFileOrder(), plans).toPrettyString());
      case TEXT -> {
        plans.forEach(plan -> host().out().print(PlanText.of(plan)));
        if (!plans.isEmpty()) {
          host().out().println("\nkept in " + stages);
        }
      }
    }
    return diagnostics.hasErrors() ? ExitCode.REJECTED : ExitCode.OK;
  }

  /**
   * A sweep and its stages.
   *
   * @param precision and what else there is to say of the arithmetic
   */
  record PlannedSweep(SweepModel sweep, String precision, Plan plan) {
    /** Bytes of a number. */
    int width() {
      return precision.startsWith("float64") ? Double.BYTES : Float.BYTES;
    }
  }
}
