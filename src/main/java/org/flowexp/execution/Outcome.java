package org.flowexp.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.run.Divergence;
import org.flowexp.run.Figure;
import org.flowexp.run.RunStatus;

/** How an arm ended. */
record Outcome(
    Map<String, Double> metrics,
    long step,
    long energyEvaluations,
    RunStatus status,
    Optional<String> message,
    List<Figure> figures) {

  static Outcome of(ArmRun.End end, long energyEvaluations) {
    Optional<String> message = end.last().divergence().map(Divergence::message);
    return new Outcome(
        end.metrics(),
        end.last().step(),
        energyEvaluations,
        message.isPresent() ? RunStatus.FAILED : RunStatus.FINISHED,
        message,
        end.figures());
  }

  static Outcome stopped(long energyEvaluations, Optional<String> message) {
    return new Outcome(Map.of(), 0, energyEvaluations, RunStatus.KILLED, message, List.of());
  }

  static Outcome failed(long energyEvaluations, String message) {
    return new Outcome(
        Map.of(), 0, energyEvaluations, RunStatus.FAILED, Optional.of(message), List.of());
  }
}
