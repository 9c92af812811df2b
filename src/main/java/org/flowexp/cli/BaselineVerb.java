package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.flowexp.claim.Baselines;
import org.flowexp.claim.Recording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code baseline FILE}: what is measured now becomes what later runs are compared with. */
@Command(
    name = "baseline",
    description = "Runs a file and records each arm's mean and spread, in a file to be committed.")
final class BaselineVerb extends Verb {
  @Parameters(paramLabel = "FILE", description = "a file ending in .flowexp")
  private String file = "";

  @Mixin private final RunOptions options = new RunOptions();

  BaselineVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    RunOptions.Outcome outcome = options.execute(host(), file, this::print);
    List<Baselines.Entry> entries = new ArrayList<>();
    List<String> left = new ArrayList<>();
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    for (SweepReport report : outcome.reports()) {
      Recording recording =
          Recording.of(
              report.sweep(),
              report.runs(),
              options.profile(),
              report.conditions().precision(),
              report.conditions().device(),
              now);
      entries.addAll(recording.entries());
      left.addAll(recording.left());
    }
    BaselineFile baseline = BaselineFile.of(host().path(file));
    if (!entries.isEmpty()) {
      baseline.record(entries);
    }
    say(baseline, entries, left);
    if (outcome.diagnostics().hasErrors()) {
      return ExitCode.REJECTED;
    }
    return left.isEmpty() ? ExitCode.OK : ExitCode.RUNTIME;
  }

  private void print(SweepReport report) {
    if (format() == Format.TEXT) {
      ReportText.print(report, host());
    }
  }

  private void say(BaselineFile baseline, List<Baselines.Entry> entries, List<String> left) {
    left.forEach(reason -> host().err().println("not recorded: " + reason));
    long few =
        entries.stream()
            .filter(
                entry ->
                    entry.metrics().values().stream()
                        .anyMatch(figures -> figures.n() < Baselines.RECOMMENDED_SEEDS))
            .count();
    if (few > 0) {
      host()
          .err()
          .println(
              "warning: "
                  + few
                  + " arms have fewer than "
                  + Baselines.RECOMMENDED_SEEDS
                  + " seeds: their spread is known poorly, chance alone fails `within` more often, and"
                  + " `within prediction(…)` is undecided");
    }
    switch (format()) {
      case TEXT ->
          host().out().println("\n" + entries.size() + " arms recorded in " + baseline.path());
      case JSON -> {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("file", baseline.path().toString()).put("recorded", entries.size());
        left.forEach(document.putArray("not_recorded")::add);
        host().out().println(document.toPrettyString());
      }
    }
  }
}
