package org.flowexp.cli;

import org.flowexp.execution.RunSettings;
import org.flowexp.execution.SweepResult;
import org.flowexp.execution.SweepRun;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunListener;

/** Arms are run here, several at once. */
record ThisProcess(SweepRun here, RunSettings how) implements SweepExecutor {
  @Override
  public SweepResult execute(SweepModel sweep, RunListener runs, RunListener shared) {
    return here.execute(sweep, how, runs);
  }

  @Override
  public boolean outlivesThisProcess() {
    return false;
  }
}
