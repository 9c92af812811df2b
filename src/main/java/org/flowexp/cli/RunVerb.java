package org.flowexp.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run FILE}: checks, runs, decides, tracks. */
@Command(name = "run", description = "Runs a file's sweeps, and its experiments without one.")
final class RunVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "a file ending in .flowexp")
  private String file = "";

  @Mixin private final RunOptions options = new RunOptions();

  RunVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    RunOptions.Outcome outcome = options.execute(host(), file, this::print);
    if (format() == Format.JSON) {
      host().out().println(ReportJson.of(List.of(outcome)).toPrettyString());
    }
    return outcome.exitCode();
  }

  private void print(SweepReport report) {
    if (format() == Format.TEXT) {
      ReportText.print(report, host());
    }
  }
}
