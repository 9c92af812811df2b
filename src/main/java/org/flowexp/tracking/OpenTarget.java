package org.flowexp.tracking;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A reachable target: the connection, and the embedded server if it is one. */
final class OpenTarget implements AutoCloseable {
  private final MlflowConnection mlflow;
  private final RunSender sender;
  private final Optional<EmbeddedServer> server;

  private OpenTarget(
      MlflowConnection mlflow,
      String name,
      Optional<EmbeddedServer> server,
      Consumer<String> messages) {
    this.mlflow = mlflow;
    this.sender = new RunSender(mlflow, name, messages);
    this.server = server;
  }

  static OpenTarget open(TrackingTarget target, Duration deadline, Consumer<String> messages)
      throws IOException {
    if (target instanceof TrackingTarget.Embedded embedded) {
      EmbeddedServer server = EmbeddedServer.open(embedded, messages);
      MlflowConnection mlflow =
          new MlflowConnection(server.uri(), new MlflowCredentials.Anonymous(), deadline);
      return new OpenTarget(mlflow, "embedded " + embedded.store(), Optional.of(server), messages);
    }
    if (target instanceof TrackingTarget.Server remote) {
      MlflowConnection mlflow = new MlflowConnection(remote.uri(), remote.credentials(), deadline);
      boolean reached = false;
      try {
        mlflow.check();
        reached = true;
        return new OpenTarget(mlflow, remote.uri().toString(), Optional.empty(), messages);
      } finally {
        if (!reached) {
          mlflow.close();
        }
      }
    }
    throw new TrackingUnavailable("tracking is offline");
  }

  MlflowConnection mlflow() {
    return mlflow;
  }

  RunSender sender() {
    return sender;
  }

  @Override
  public void close() throws IOException {
    mlflow.close();
    if (server.isPresent()) {
      server.get().close();
    }
  }
}
