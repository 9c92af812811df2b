package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flowexp.jobs.Cluster;
import org.flowexp.jobs.Slurm;
import org.flowexp.jobs.Submission;
import org.flowexp.jobs.WorkOrder;
import picocli.CommandLine.Command;

/** {@code status}: sweeps that are on Slurm, and how far they are. */
@Command(name = "status", description = "Shows the sweeps that are on Slurm, and how far they are.")
final class StatusVerb extends Verb {
  StatusVerb(Host host) {
    super(host);
  }

  /**
   * How far a sweep is.
   *
   * @param states how many of its units are in each: {@code over}, or what Slurm says
   */
  private record Standing(Submission submission, WorkOrder order, Map<String, Integer> states) {}

  @Override
  public Integer call() throws UsageProblem, RunFailure, IOException {
    Settings settings = Settings.load(Map.of(), host());
    List<Standing> standings = new ArrayList<>();
    for (Submission submission : Submission.all(settings.folder(Setting.CACHE))) {
      if (!submission.isCollected()) {
        standings.add(standing(submission, new Slurm(host().environment())));
      }
    }
    switch (format()) {
      case TEXT -> print(standings);
      case JSON -> host().out().println(json(standings).toPrettyString());
    }
    return ExitCode.OK;
  }

  private static Standing standing(Submission submission, Cluster cluster)
      throws RunFailure, IOException {
    WorkOrder order = submission.folder().order();
    Map<String, String> states = new HashMap<>();
    try {
      for (Cluster.Task task : cluster.tasks(Submission.jobName(order.sweep()))) {
        String reason = task.state().equals("PENDING") ? " (" + task.reason() + ")" : "";
        states.put(task.job() + "_" + task.index(), task.state() + reason);
      }
    } catch (IOException away) {
      throw new RunFailure("Slurm cannot be asked: " + away.getMessage(), away);
    }
    Set<Integer> over = submission.folder().endedUnits();
    Map<String, Integer> counts = new TreeMap<>();
    for (Submission.Job job : submission.jobs()) {
      for (int i = 0; i < job.units().size(); i++) {
        String state = states.getOrDefault(job.id() + "_" + i, "gone");
        counts.merge(over.contains(job.units().get(i)) ? "over" : state, 1, Integer::sum);
      }
    }
    return new Standing(submission, order, counts);
  }

  private void print(List<Standing> standings) throws IOException {
    if (standings.isEmpty()) {
      host().out().println("no sweep is on Slurm");
    }
    for (Standing standing : standings) {
      host()
          .out()
          .println(
              standing.order.name()
                  + " ("
                  + standing.order.source().file()
                  + "), "
                  + standing.order.units().size()
                  + " units");
      standing.states.forEach((state, count) -> host().out().println("  " + count + " " + state));
      host().out().println("  jobs " + String.join(", ", ids(standing.submission)));
    }
  }

  private static List<String> ids(Submission submission) throws IOException {
    return submission.jobs().stream().map(Submission.Job::id).toList();
  }

  private static ObjectNode json(List<Standing> standings) throws IOException {
    ObjectNode document = new ObjectMapper().createObjectNode();
    ArrayNode sweeps = document.putArray("sweeps");
    for (Standing standing : standings) {
      ObjectNode sweep = sweeps.addObject();
      sweep.put("name", standing.order.name()).put("file", standing.order.source().file());
      sweep.put("units", standing.order.units().size());
      standing.states.forEach(sweep.putObject("states")::put);
      ids(standing.submission).forEach(sweep.putArray("jobs")::add);
    }
    return document;
  }
}
