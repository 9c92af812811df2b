package org.flowexp.stage;

import org.flowexp.run.RunEvent;

/** Events of a shared phase, told again of another run that has it. */
final class Replay {
  private Replay() {}

  static RunEvent to(String subject, RunEvent event) {
    if (event instanceof RunEvent.PhaseStarted started) {
      return new RunEvent.PhaseStarted(subject, started.phase(), started.steps());
    }
    if (event instanceof RunEvent.StepLogged logged) {
      return new RunEvent.StepLogged(subject, logged.phase(), logged.step(), logged.values());
    }
    if (event instanceof RunEvent.Evaluated evaluated) {
      return new RunEvent.Evaluated(
          subject, evaluated.stage(), evaluated.step(), evaluated.values());
    }
    throw new IllegalArgumentException("not an event of a phase: " + event);
  }
}
