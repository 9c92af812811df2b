package org.flowexp.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Units as tasks of arrays on a cluster: units that wait for the same others are one array. They
 * are all submitted at once, or were by an earlier process; the cluster begins each when those
 * before it are over, and again when it was preempted. A unit is over when its result is there, or
 * when the cluster has given it up.
 */
public final class SlurmCrew implements Crew {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);
  private static final Duration LAST_LOOK = Duration.ofSeconds(15);

  private final Cluster cluster;
  private final Submission submission;
  private final Jobs jobs;
  private final Patience patience;
  private final Consumer<String> messages;
  private final Map<Place, Integer> places = new HashMap<>();
  private final Map<Integer, String> open = new TreeMap<>();
  private final Map<Integer, Long> missing = new HashMap<>();
  private Duration look = FIRST_LOOK;
  private long nextLook;
  private Optional<String> whyLeftOut = Optional.empty();
  private boolean warned;

  /** Where a unit is on the cluster. */
  private record Place(String job, int index) {}

  /**
   * How jobs are submitted.
   *
   * @param options for all of them
   * @param script that does the unit on the line of its argument that the index of its task says
   */
  public record Jobs(String name, List<String> options, Path script) {}

  /**
   * How long a result may be on its way after its job, over a shared disk.
   *
   * @param grace from when the job was first seen to be gone
   */
  public record Patience(Duration grace) {}

  /**
   * Nothing is submitted yet.
   *
   * @param messages told once if the cluster cannot be asked
   */
  public SlurmCrew(
      Cluster cluster,
      Submission submission,
      Jobs jobs,
      Patience patience,
      Consumer<String> messages) {
    this.cluster = cluster;
    this.submission = submission;
    this.jobs = jobs;
    this.patience = patience;
    this.messages = messages;
  }

  @Override
  public void take(List<WorkUnit> units) throws IOException {
    if (!submission.exists()) {
      submit(units);
    }
    for (Submission.Job job : submission.jobs()) {
      for (int i = 0; i < job.units().size(); i++) {
        places.put(new Place(job.id(), i), job.units().get(i));
      }
    }
    units.forEach(unit -> open.put(unit.number(), ""));
  }

  private void submit(List<WorkUnit> units) throws IOException {
    Map<Set<Integer>, List<Integer>> arrays = new LinkedHashMap<>();
    for (WorkUnit unit : units) {
      arrays.computeIfAbsent(unit.after(), after -> new ArrayList<>()).add(unit.number());
    }
    if (arrays.isEmpty()) {
      return;
    }
    int most = cluster.largestArray();
    Map<Integer, String> ids = new HashMap<>();
    int number = 0;
    for (Map.Entry<Set<Integer>, List<Integer>> array : arrays.entrySet()) {
      List<Integer> all = array.getValue();
      for (int from = 0; from < all.size(); from += most) {
        List<Integer> tasks = all.subList(from, Math.min(all.size(), from + most));
        Path lines = submission.folder().path().resolve("array-" + number++ + ".txt");
        Files.write(lines, tasks.stream().map(unit -> Integer.toString(unit)).toList());
        String id = cluster.submit(options(tasks.size(), array.getKey(), ids), jobs.script, lines);
        submission.add(new Submission.Job(id, tasks));
        for (int i = 0; i < tasks.size(); i++) {
          ids.put(tasks.get(i), id + "_" + i);
        }
      }
    }
  }

  private List<String> options(int tasks, Set<Integer> after, Map<Integer, String> ids) {
    List<String> options = new ArrayList<>();
    options.add("--job-name=" + jobs.name);
    options.add("--array=0-" + (tasks - 1));
    options.add("--output=" + submission.folder().logs().resolve("%A_%a.log"));
    options.add("--open-mode=append");
    options.add("--requeue");
    if (!after.isEmpty()) {
      options.add(
          "--dependency=afterany:" + after.stream().map(ids::get).collect(Collectors.joining(":")));
    }
    options.addAll(jobs.options);
    return options;
  }

  @Override
  public List<Ending> await(Duration most) throws IOException {
    try {
      Thread.sleep(most.toMillis());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while arms were running", interrupt);
    }
    List<Ending> endings = new ArrayList<>();
    for (int unit : submission.folder().endedUnits()) {
      if (open.remove(unit) != null) {
        endings.add(Ending.done(unit));
      }
    }
    if (System.nanoTime() >= nextLook) {
      endings.addAll(lookAround());
      look = look.multipliedBy(3).dividedBy(2);
      look = look.compareTo(LAST_LOOK) < 0 ? look : LAST_LOOK;
      nextLook = System.nanoTime() + look.toNanos();
    }
    if (!endings.isEmpty()) {
      look = FIRST_LOOK;
    }
    return endings;
  }

  /** Units that the cluster has given up, or does not know any more. */
  private List<Ending> lookAround() {
    List<Cluster.Task> tasks;
    try {
      tasks = cluster.tasks(jobs.name);
    } catch (IOException away) {
      if (!warned) {
        warned = true;
        messages.accept("warning: the cluster cannot be asked (" + away.getMessage() + ")");
      }
      return List.of();
    }
    Map<Integer, Cluster.Task> known = new HashMap<>();
    for (Cluster.Task task : tasks) {
      Integer unit = places.get(new Place(task.job(), task.index()));
      if (unit != null) {
        known.put(unit, task);
      }
    }
    List<Ending> endings = new ArrayList<>();
    long now = System.nanoTime();
    for (int unit : List.copyOf(open.keySet())) {
      Cluster.Task task = known.get(unit);
      if (task != null && !task.isOver()) {
        missing.remove(unit);
      } else if (now - missing.computeIfAbsent(unit, gone -> now) >= patience.grace.toNanos()) {
        open.remove(unit);
        endings.add(given(unit, task == null ? "" : task.state()));
      }
    }
    return endings;
  }

  private Ending given(int unit, String state) {
    boolean cancelled = state.equals("CANCELLED");
    if (cancelled && whyLeftOut.isPresent()) {
      return new Ending(unit, Ending.How.LEFT_OUT, whyLeftOut.get());
    }
    String job =
        places.entrySet().stream()
            .filter(place -> place.getValue() == unit)
            .map(place -> place.getKey().job + "_" + place.getKey().index)
            .findFirst()
            .orElse("");
    if (cancelled) {
      return new Ending(unit, Ending.How.CANCELLED, "Slurm's job " + job + " was cancelled");
    }
    String what = state.isEmpty() ? "is gone" : "ended as " + state;
    Path log = submission.folder().logs().resolve(job + ".log");
    return new Ending(
        unit, Ending.How.LOST, "Slurm's job " + job + " " + what + " without a result; see " + log);
  }

  @Override
  public void leaveOutTheRest(String reason) throws IOException {
    whyLeftOut = Optional.of(reason);
    List<String> ids = submission.jobs().stream().map(Submission.Job::id).toList();
    cluster.cancel(ids, Cluster.Which.WAITING);
    nextLook = System.nanoTime();
  }

  @Override
  public void stop() throws IOException {
    cluster.cancel(submission.jobs().stream().map(Submission.Job::id).toList(), Cluster.Which.ALL);
  }

  @Override
  public boolean outlivesThisProcess() {
    return true;
  }

  @Override
  public void close() {
    // The jobs are the cluster's.
  }
}
