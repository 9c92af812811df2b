package org.flowexp.jobs;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.execution.SweepIdentity;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunIdentity;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;

/** Passes on what a unit's processes write, each event once however often it is attempted. */
final class UnitNews {
  private final WorkUnit unit;
  private final SweepIdentity sweep;
  private final WorkFolder folder;
  private final SweepWork.Listeners listeners;
  private final Set<RunEvent> told = new HashSet<>();
  private Optional<EventTail> tail = Optional.empty();
  private int attempt;
  private Optional<RunEvent> stopped = Optional.empty();
  private boolean started;
  private boolean finished;

  UnitNews(WorkUnit unit, SweepIdentity sweep, WorkFolder folder, SweepWork.Listeners listeners) {
    this.unit = unit;
    this.sweep = sweep;
    this.folder = folder;
    this.listeners = listeners;
  }

  /** Passes on what is new, up to an attempt. */
  void follow(int last) throws IOException {
    if (tail.isEmpty()) {
      tail = Optional.of(new EventTail(folder.events(unit.number(), attempt)));
      begin();
    }
    pass();
    while (attempt < last) {
      attempt++;
      tail = Optional.of(new EventTail(folder.events(unit.number(), attempt)));
      pass();
    }
  }

  private void pass() throws IOException {
    for (EventLine line : tail.orElseThrow().next()) {
      line.message()
          .ifPresent(message -> listeners.messages().accept(unit.name() + ": " + message));
      line.event().filter(told::add).ifPresent(this::tell);
    }
  }

  private void begin() {
    if (!unit.endsAnArm()) {
      RunIdentity arm = sweep.arm(unit.arm());
      listeners
          .shared()
          .accept(
              new RunEvent.RunStarted(
                  new RunIdentity(
                      arm.id(),
                      unit.name(),
                      arm.experiment(),
                      arm.sweep(),
                      Map.of(),
                      Map.of("unit", Integer.toString(unit.number())))));
    }
  }

  private void tell(RunEvent event) {
    if (!unit.endsAnArm()) {
      listeners.shared().accept(event);
      return;
    }
    started |= event instanceof RunEvent.RunStarted;
    if (event instanceof RunEvent.RunFinished end && end.status() == RunStatus.KILLED) {
      stopped = Optional.of(event);
    } else {
      finished |= event instanceof RunEvent.RunFinished;
      listeners.runs().accept(event);
    }
  }

  /** Tells that the arm was stopped, if it was: now it is known that nobody begins it again. */
  void endArm() {
    stopped.ifPresent(listeners.runs()::accept);
  }

  void endShared(Optional<String> failure, boolean stopping) {
    failure
        .filter(reason -> !stopping)
        .ifPresent(
            reason ->
                listeners
                    .messages()
                    .accept("warning: " + unit.name() + ": " + reason + "; the runs try it again"));
    if (tail.isPresent()) {
      RunStatus status = failure.isPresent() ? RunStatus.FAILED : RunStatus.FINISHED;
      listeners
          .shared()
          .accept(
              new RunEvent.RunFinished(
                  sweep.arm(unit.arm()).id(), status, 0, Map.of(), Map.of(), failure));
    }
  }

  /** Tells the end of an arm whose process left no result. */
  RunRecord endWithout(Crew.Ending ending) {
    if (ending.how() == Crew.Ending.How.LEFT_OUT) {
      return sweep.unfinished(unit.arm(), RunStatus.KILLED, ending.reason());
    }
    RunStatus status =
        ending.how() == Crew.Ending.How.CANCELLED ? RunStatus.KILLED : RunStatus.FAILED;
    String reason = ending.reason().isEmpty() ? "its process left no result" : ending.reason();
    RunRecord record = sweep.unfinished(unit.arm(), status, reason);
    if (!started) {
      listeners.runs().accept(new RunEvent.RunStarted(sweep.arm(unit.arm())));
    }
    if (!finished) {
      listeners
          .runs()
          .accept(
              new RunEvent.RunFinished(
                  record.id(), status, 0, Map.of(), Map.of(), Optional.of(reason)));
    }
    return record;
  }
}
