package org.flowexp.tracking;

import java.net.URI;

/** Where a run or a sweep is in MLflow. */
public record TrackedRun(String experimentId, String runId, URI server) {
  /** The page of the run. */
  public MlflowAddress address() {
    return MlflowAddress.ofRun(server, experimentId, runId);
  }

  /** The page of its experiment, where the trials of a sweep are compared. */
  public MlflowAddress experimentAddress() {
    return MlflowAddress.ofExperiment(server, experimentId);
  }
}
