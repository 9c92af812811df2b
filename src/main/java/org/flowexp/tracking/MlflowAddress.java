package org.flowexp.tracking;

import java.net.URI;

/** Where a browser shows an experiment or a run. */
public record MlflowAddress(URI url) {
  /** Without it, MLflow 3 shows the pages for language models. */
  private static final String WORKFLOW = "?workflowType=machine_learning";

  static MlflowAddress ofExperiment(URI server, String experimentId) {
    return new MlflowAddress(URI.create(server + "/#/experiments/" + experimentId + WORKFLOW));
  }

  static MlflowAddress ofRun(URI server, String experimentId, String runId) {
    return new MlflowAddress(
        URI.create(server + "/#/experiments/" + experimentId + "/runs/" + runId + WORKFLOW));
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
