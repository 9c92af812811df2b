package org.flowexp.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.execution.SweepIdentity;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;

/**
 * A cluster whose machines write what a training writes, without training. It obeys dependencies
 * and counts what it is asked.
 */
final class SimulatedCluster implements Cluster {
  private static final int STEPS = 20;
  private static final int EVALUATIONS = 4;

  private final WorkFolder folder;
  private final List<WorkUnit> units;
  private final SweepIdentity sweep;
  private final int largest;
  private final Map<String, Job> waiting = new LinkedHashMap<>();
  private final Map<String, String> states = new HashMap<>();
  private final Set<String> over = new HashSet<>();
  private final List<Integer> done = new ArrayList<>();
  private int submissions;
  private int questions;

  private record Job(int unit, List<String> after) {}

  SimulatedCluster(WorkFolder folder, List<WorkUnit> units, SweepIdentity sweep, int largest) {
    this.folder = folder;
    this.units = units;
    this.sweep = sweep;
    this.largest = largest;
  }

  int submissions() {
    return submissions;
  }

  int questions() {
    return questions;
  }

  /** The units in the order they ended. */
  synchronized List<Integer> done() {
    return List.copyOf(done);
  }

  @Override
  public synchronized String submit(List<String> options, Path script, Path argument)
      throws IOException {
    String id = Integer.toString(++submissions);
    List<String> after =
        options.stream()
            .filter(option -> option.startsWith("--dependency=afterany:"))
            .flatMap(option -> List.of(option.split(":")).stream().skip(1))
            .toList();
    List<String> lines = Files.readAllLines(argument);
    for (int i = 0; i < lines.size(); i++) {
      waiting.put(id + "_" + i, new Job(Integer.parseInt(lines.get(i)), after));
      states.put(id + "_" + i, "PENDING");
    }
    return id;
  }

  @Override
  public synchronized List<Task> tasks(String name) {
    questions++;
    List<Task> tasks = new ArrayList<>();
    states.forEach(
        (place, state) -> {
          String[] parts = place.split("_", -1);
          tasks.add(new Task(parts[0], Integer.parseInt(parts[1]), state, ""));
        });
    return tasks;
  }

  @Override
  public synchronized void cancel(List<String> jobs, Which which) {
    waiting.clear();
  }

  @Override
  public int largestArray() {
    return largest;
  }

  /** Runs all that may run, until nothing waits. */
  void run() throws IOException {
    for (List<String> ready = ready(); !ready.isEmpty(); ready = ready()) {
      for (String place : ready) {
        WorkUnit unit = units.get(begin(place));
        write(unit);
        end(place, unit);
      }
    }
  }

  private synchronized List<String> ready() {
    List<String> ready = new ArrayList<>();
    waiting.forEach(
        (place, job) -> {
          if (over.containsAll(job.after)) {
            ready.add(place);
          }
        });
    return ready;
  }

  private synchronized int begin(String place) {
    states.put(place, "RUNNING");
    return java.util.Objects.requireNonNull(waiting.remove(place)).unit;
  }

  private synchronized void end(String place, WorkUnit unit) {
    states.put(place, "COMPLETED");
    over.add(place);
    done.add(unit.number());
  }

  private void write(WorkUnit unit) throws IOException {
    String subject = sweep.arm(unit.arm()).id();
    Map<String, Double> metrics = Map.of("ess", 0.5, "p_left", 0.7);
    try (EventLog log = folder.begin(unit.number())) {
      if (unit.endsAnArm()) {
        log.accept(new RunEvent.RunStarted(sweep.arm(unit.arm())));
      }
      log.accept(new RunEvent.PhaseStarted(subject, "repair", 10L * STEPS));
      for (long step = 10; step <= 10L * STEPS; step += 10) {
        log.accept(new RunEvent.StepLogged(subject, "repair", step, Map.of("loss", 1.0 / step)));
      }
      for (long i = 1; i <= EVALUATIONS; i++) {
        log.accept(new RunEvent.Evaluated(subject, "repair", 50 * i, metrics));
      }
      if (unit.endsAnArm()) {
        log.accept(
            new RunEvent.RunFinished(
                subject, RunStatus.FINISHED, 10L * STEPS, metrics, Map.of(), Optional.empty()));
      }
    }
    Optional<RunRecord> record =
        unit.endsAnArm()
            ? Optional.of(sweep.unfinished(unit.arm(), RunStatus.FINISHED, "simulated"))
            : Optional.empty();
    folder.end(new UnitResult(unit.number(), record, Optional.empty()));
  }
}
