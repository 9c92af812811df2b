package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowexp.claim.Outcome;
import org.flowexp.claim.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify FILE…}: runs as {@code run} does, and reports verdicts as tests. */
@Command(
    name = "verify",
    description = "Runs files and decides their expectations and claims; exit code 1 if one fails.")
final class VerifyVerb extends Verb {
  private static final String USUAL = "target/flowexp/verify.xml";

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "files ending in .flowexp")
  private final List<String> files = new ArrayList<>();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "where the verdicts are written as JUnit XML (" + USUAL + ")")
  private Optional<String> junit = Optional.empty();

  @Mixin private final RunOptions options = new RunOptions();

  VerifyVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    List<RunOptions.Outcome> outcomes = new ArrayList<>();
    for (String file : files) {
      outcomes.add(options.execute(host(), file, this::print));
    }
    Path xml = host().path(junit.orElse(USUAL));
    JUnitXml.write(xml, outcomes);
    switch (format()) {
      case JSON -> host().out().println(ReportJson.of(outcomes).toPrettyString());
      case TEXT -> host().out().println("\n" + summary(outcomes) + "; JUnit XML in " + xml);
    }
    return outcomes.stream().mapToInt(RunOptions.Outcome::exitCode).max().orElse(ExitCode.OK);
  }

  private void print(SweepReport report) {
    if (format() == Format.TEXT) {
      ReportText.print(report, host());
    }
  }

  private static String summary(List<RunOptions.Outcome> outcomes) {
    List<Outcome> all =
        outcomes.stream()
            .flatMap(outcome -> outcome.reports().stream())
            .flatMap(report -> report.verdicts().stream())
            .map(Verdict::outcome)
            .toList();
    return count(all, Outcome.HELD)
        + " held, "
        + count(all, Outcome.FAILED)
        + " failed, "
        + count(all, Outcome.UNDECIDED)
        + " undecided";
  }

  private static long count(List<Outcome> all, Outcome one) {
    return all.stream().filter(outcome -> outcome == one).count();
  }
}
