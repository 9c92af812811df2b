package org.flowexp.jobs;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.flowexp.execution.SweepIdentity;
import org.flowexp.execution.SweepResult;
import org.flowexp.execution.SweepRun;
import org.flowexp.run.RunListener;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.run.StopRequest;

/**
 * Watches over a sweep that a crew works on: passes on what its processes write, and puts their
 * results together. A unit that fails takes no other with it.
 */
public final class SweepWork {
  private static final Duration NEAR = Duration.ofMillis(200);

  /** Each look reads a folder of a shared disk. */
  private static final Duration FAR = Duration.ofSeconds(1);

  private final SweepIdentity sweep;
  private final WorkFolder folder;
  private final List<WorkUnit> units;
  private final Listeners listeners;
  private final boolean failFast;
  private final Map<Integer, RunRecord> records = new TreeMap<>();
  private final Map<Integer, UnitNews> open = new TreeMap<>();
  private StopRequest stop = new StopRequest();
  private boolean stopped;

  /**
   * Who hears.
   *
   * @param runs of each arm from its start to its end
   * @param shared of stages that arms share, as of a run of its own that starts and ends
   * @param messages sentences for people
   */
  public record Listeners(RunListener runs, RunListener shared, Consumer<String> messages) {}

  /** Of some units of a sweep. */
  public SweepWork(
      SweepIdentity sweep,
      WorkFolder folder,
      List<WorkUnit> units,
      Listeners listeners,
      boolean failFast) {
    this.sweep = sweep;
    this.folder = folder;
    this.units = units;
    this.listeners = listeners;
    this.failFast = failFast;
  }

  /**
   * Waits until all units are over. Asked to stop, it ends them first, if they do not outlive this
   * process; else it leaves them, by {@link StopRequest.Stopped}.
   *
   * @param held arms of which everything is there, which are told by this process
   */
  public SweepResult execute(Crew crew, List<Integer> held, SweepRun here) throws IOException {
    this.stop = here.stop();
    for (WorkUnit unit : units) {
      open.put(unit.number(), new UnitNews(unit, sweep, folder, listeners));
    }
    crew.take(units);
    for (int arm : held) {
      keep(arm, here.arm(sweep, arm, listeners.runs()), crew);
    }
    while (!open.isEmpty()) {
      obey(crew);
      List<Crew.Ending> endings = crew.await(crew.outlivesThisProcess() ? FAR : NEAR);
      follow();
      for (Crew.Ending ending : endings) {
        end(ending, crew);
      }
    }
    return new SweepResult(List.copyOf(records.values()));
  }

  private void obey(Crew crew) throws IOException {
    if (stop.isMade() && crew.outlivesThisProcess()) {
      stop.obey();
    }
    if (stop.isMade() && !stopped) {
      stopped = true;
      crew.leaveOutTheRest(SweepRun.INTERRUPTED);
      crew.stop();
    }
  }

  private void follow() throws IOException {
    for (Map.Entry<Integer, Integer> begun : folder.attempts().entrySet()) {
      UnitNews news = open.get(begun.getKey());
      if (news != null) {
        news.follow(begun.getValue());
      }
    }
  }

  private void end(Crew.Ending ending, Crew crew) throws IOException {
    UnitNews news = open.remove(ending.unit());
    if (news == null) {
      return;
    }
    Optional<UnitResult> result = folder.ended(ending.unit());
    int attempt = folder.lastAttempt(ending.unit());
    if (attempt >= 0) {
      news.follow(attempt);
    }
    WorkUnit unit = units.get(ending.unit());
    if (!unit.endsAnArm()) {
      news.endShared(
          result.isPresent() ? result.get().failure() : Optional.of(ending.reason()),
          stop.isMade());
      return;
    }
    Optional<RunRecord> record = result.flatMap(UnitResult::record);
    if (record.isPresent()) {
      news.endArm();
    }
    keep(unit.arm(), record.orElseGet(() -> news.endWithout(ending)), crew);
  }

  private void keep(int arm, RunRecord record, Crew crew) throws IOException {
    records.put(arm, record);
    if (failFast && !stopped && record.status() == RunStatus.FAILED) {
      stopped = true;
      crew.leaveOutTheRest(SweepRun.NOT_RUN);
    }
  }
}
