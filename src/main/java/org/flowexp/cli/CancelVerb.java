package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flowexp.jobs.Cluster;
import org.flowexp.jobs.Slurm;
import org.flowexp.jobs.Submission;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cancel SWEEP…}: ends the jobs of sweeps on Slurm; what they finished stays. */
@Command(
    name = "cancel",
    description = "Ends the jobs of sweeps on Slurm; what they finished, and checkpoints, stay.")
final class CancelVerb extends Verb {
  @Parameters(arity = "0..*", paramLabel = "SWEEP", description = "as `status` names it")
  private final List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "all sweeps that are on Slurm")
  private boolean all;

  CancelVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    Settings settings = Settings.load(Map.of(), host());
    List<String> there = new ArrayList<>();
    List<Submission> chosen = new ArrayList<>();
    for (Submission submission : Submission.all(settings.folder(Setting.CACHE))) {
      if (!submission.isCollected()) {
        String name = submission.folder().order().name();
        there.add(name);
        if (all || names.contains(name)) {
          chosen.add(submission);
        }
      }
    }
    check(there);
    List<String> jobs = new ArrayList<>();
    for (Submission submission : chosen) {
      submission.jobs().forEach(job -> jobs.add(job.id()));
    }
    cancel(jobs);
    for (Submission submission : chosen) {
      submission.collect();
    }
    say(jobs);
    return ExitCode.OK;
  }

  private void check(List<String> there) throws UsageProblem {
    String known = there.isEmpty() ? "none is" : "there are " + String.join(", ", there);
    if (names.isEmpty() && !all) {
      throw new UsageProblem("name a sweep that is on Slurm, or `--all`; " + known);
    }
    for (String name : names) {
      if (!there.contains(name)) {
        throw new UsageProblem("no sweep `" + name + "` is on Slurm; " + known);
      }
    }
  }

  private void cancel(List<String> jobs) throws RunFailure {
    try {
      if (!jobs.isEmpty()) {
        new Slurm(host().environment()).cancel(jobs, Cluster.Which.ALL);
      }
    } catch (IOException refused) {
      throw new RunFailure(refused.getMessage(), refused);
    }
  }

  private void say(List<String> jobs) {
    switch (format()) {
      case TEXT ->
          host()
              .out()
              .println(
                  jobs.isEmpty()
                      ? "no job is on Slurm"
                      : "cancelled: jobs " + String.join(", ", jobs));
      case JSON -> {
        ObjectNode document = new ObjectMapper().createObjectNode();
        jobs.forEach(document.putArray("cancelled")::add);
        host().out().println(document.toPrettyString());
      }
    }
  }
}
