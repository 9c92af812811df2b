package org.flowexp.cli;

import java.io.IOException;
import org.flowexp.execution.SweepResult;
import org.flowexp.execution.SweepRun;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunListener;

/** Where the arms of a sweep are run. */
interface SweepExecutor {
  /**
   * Runs all arms.
   *
   * @param runs hears of each arm from its start to its end
   * @param shared hears of stages that are made for several arms before they begin
   */
  SweepResult execute(SweepModel sweep, RunListener runs, RunListener shared)
      throws RunFailure, IOException;

  /** For what can be done in this process. */
  SweepRun here();

  /** Whether the arms run on when this process ends. */
  boolean outlivesThisProcess();
}
