package org.flowexp.tracking;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.mlflow.api.proto.Service.RunInfo;

/** Puts views of sweeps into an MLflow server. */
public final class ChartViews implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private final MlflowConnection mlflow;

  public ChartViews(URI server, MlflowCredentials credentials) {
    this.mlflow = new MlflowConnection(server, credentials, DEADLINE);
  }

  /**
   * Keeps the view of a sweep that was sent.
   *
   * @param sweepId the id of the sweep in its journal
   * @return where it is shown; empty if the experiment has no such sweep
   * @throws IOException if the server does not take it
   */
  public Optional<MlflowAddress> put(String experimentId, String sweepId, ChartView view)
      throws IOException {
    Optional<RunInfo> run = RunCreation.find(mlflow, experimentId, RunCreation.ID, sweepId);
    if (run.isEmpty()) {
      return Optional.empty();
    }
    String state = view.state(run.get().getRunId());
    mlflow.run(client -> client.setExperimentTag(experimentId, view.tag(), state));
    return Optional.of(MlflowAddress.ofView(mlflow.uri(), experimentId, view.key()));
  }

  @Override
  public void close() {
    mlflow.close();
  }
}
