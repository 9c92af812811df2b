package org.flowexp.cli;

import java.util.Optional;
import org.flowexp.check.Choices;
import org.flowexp.diagnostics.Diagnostics;
import picocli.CommandLine.Option;

/** Which part of a file is meant, on the command line of every verb that may take all of it. */
final class PartOptions {
  @Option(names = "--sweep", paramLabel = "NAME", description = "this sweep only")
  private Optional<String> sweep = Optional.empty();

  @Option(names = "--experiment", paramLabel = "NAME", description = "this experiment only")
  private Optional<String> experiment = Optional.empty();

  /** The experiment, if one is meant by itself. */
  Optional<String> experiment() {
    return experiment;
  }

  /**
   * The choices for a check, with the generators of finished runs.
   *
   * @throws UsageProblem if a setting has no equals sign, or both a sweep and an experiment are
   *     meant
   */
  Choices choices(ParamOptions params, Settings settings, Diagnostics diagnostics)
      throws UsageProblem {
    return Checking.choices(params.values(), params.profile(), sweep, experiment, diagnostics)
        .with(new KeptGenerators(settings));
  }
}
