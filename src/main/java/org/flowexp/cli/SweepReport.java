package org.flowexp.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.claim.Outcome;
import org.flowexp.claim.Verdict;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.tracking.TrackedRun;

/**
 * A sweep that is over.
 *
 * @param tracked where runs are in MLflow, by their id
 * @param parent where the sweep itself is
 * @param conditions under which it was run
 */
record SweepReport(
    SweepModel sweep,
    List<RunRecord> runs,
    List<Verdict> verdicts,
    Map<String, TrackedRun> tracked,
    Optional<TrackedRun> parent,
    Conditions conditions) {
  /**
   * What numbers depend on beside the experiment.
   *
   * @param precision and what else there is to say of the arithmetic, {@code float32 xla}
   * @param device {@code cpu} or {@code gpu}
   */
  record Conditions(String precision, String device) {}

  /** The worst that happened. */
  int exitCode() {
    if (runs.stream().anyMatch(run -> run.status() != RunStatus.FINISHED)) {
      return ExitCode.RUNTIME;
    }
    boolean failed = verdicts.stream().anyMatch(verdict -> verdict.outcome() == Outcome.FAILED);
    return failed ? ExitCode.REJECTED : ExitCode.OK;
  }

  /** The page to look at first: where the trials are compared, or the only run. */
  Optional<String> address() {
    return parent
        .map(run -> run.experimentAddress().toString())
        .or(() -> tracked.values().stream().findFirst().map(run -> run.address().toString()));
  }
}
