package org.flowexp.jobs;

import java.io.IOException;
import java.util.Optional;
import org.flowexp.execution.SweepIdentity;
import org.flowexp.execution.SweepRun;
import org.flowexp.run.RunRecord;

/** Does units of a sweep in this process, one at a time. */
public final class Worker {
  private final WorkFolder folder;
  private final WorkOrder order;
  private final SweepIdentity sweep;

  /** Does units of an order. */
  public Worker(WorkFolder folder, WorkOrder order, SweepIdentity sweep) {
    this.folder = folder;
    this.order = order;
    this.sweep = sweep;
  }

  /** Makes the runner of a unit, which tells its log what people should know. */
  public interface Runners {
    /** For one unit. */
    SweepRun with(EventLog log);
  }

  /** Does a unit, by its number, and says what came of it. */
  public void run(int number, Runners runners) throws IOException {
    WorkUnit unit = order.units().get(number);
    UnitResult result;
    try (EventLog log = folder.begin(number)) {
      result = result(unit, runners.with(log), log);
    }
    folder.end(result);
  }

  /** The same for a unit that is begun again by the cluster, or by nobody, if it is stopped. */
  public void runUnlessStopped(int number, Runners runners) throws IOException {
    WorkUnit unit = order.units().get(number);
    try (EventLog log = folder.begin(number)) {
      SweepRun run = runners.with(log);
      UnitResult result = result(unit, run, log);
      if (!run.stop().isMade()) {
        folder.end(result);
      }
    }
  }

  private UnitResult result(WorkUnit unit, SweepRun run, EventLog log) {
    if (unit.endsAnArm()) {
      RunRecord record = run.arm(sweep, unit.arm(), log);
      return new UnitResult(unit.number(), Optional.of(record), Optional.empty());
    }
    try {
      run.stages(sweep, unit.arm(), unit.stages(), log);
      return new UnitResult(unit.number(), Optional.empty(), Optional.empty());
    } catch (RuntimeException failure) {
      String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
      return new UnitResult(unit.number(), Optional.empty(), Optional.of(reason));
    }
  }
}
