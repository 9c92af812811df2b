package org.flowexp.tracking;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;

/**
 * MLflow's Java client with a deadline. The client itself waits forever for a silent server, and
 * its pool of two connections locks up on HTTP 429; closing it is what frees the waiting thread.
 * Used by one thread.
 */
final class MlflowConnection implements AutoCloseable {
  private final URI uri;
  private final MlflowCredentials credentials;
  private final Duration deadline;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread daemon = new Thread(task, "flowexp-mlflow-call");
            daemon.setDaemon(true);
            return daemon;
          });
  private MlflowClient client;

  MlflowConnection(URI uri, MlflowCredentials credentials, Duration deadline) {
    this.uri = uri;
    this.credentials = credentials;
    this.deadline = deadline;
    this.client = new MlflowClient(credentials.forHost(uri.toString()));
  }

  URI uri() {
    return uri;
  }

  MlflowCredentials credentials() {
    return credentials;
  }

  /**
   * Fails unless an MLflow server answers; a wrong path would otherwise look like an empty server.
   */
  void check() throws IOException {
    try {
      call(() -> client.sendGet("experiments/search?max_results=1"));
    } catch (RequestRejected notMlflow) {
      throw new TrackingUnavailable("no MLflow server answers there", notMlflow);
    }
  }

  void run(Action action) throws IOException {
    call(
        () -> {
          action.on(client);
          return true;
        });
  }

  <T> T ask(Question<T> question) throws IOException {
    return call(() -> question.to(client));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    client.close();
  }

  private <T> T call(Callable<T> request) throws IOException {
    Future<T> answer = thread.submit(request);
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      client.close();
      client = new MlflowClient(credentials.forHost(uri.toString()));
      throw new TrackingUnavailable(
          "no answer within " + deadline.toSeconds() + " seconds", silent);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new TrackingUnavailable("interrupted", interrupt);
    } catch (ExecutionException failure) {
      throw translated(failure.getCause());
    }
  }

  private static IOException translated(Throwable failure) {
    if (failure instanceof MlflowHttpException answer) {
      int status = answer.getStatusCode();
      String text = "HTTP " + status + " " + answer.getBodyMessage();
      boolean temporary = status >= 500 || status == 408 || status == 429;
      boolean refused = status == 401 || status == 403;
      if (refused) {
        return new TrackingUnavailable("it refuses the credentials: HTTP " + status, failure);
      }
      return temporary
          ? new TrackingUnavailable(text, failure)
          : new RequestRejected(text, failure);
    }
    if (failure instanceof MlflowClientException && failure.getCause() != null) {
      return new TrackingUnavailable(failure.getCause().getMessage(), failure);
    }
    return new TrackingUnavailable(failure.toString(), failure);
  }

  /** A request without an answer. */
  @FunctionalInterface
  interface Action {
    void on(MlflowClient client);
  }

  /** A request with an answer. */
  @FunctionalInterface
  interface Question<T> {
    T to(MlflowClient client);
  }
}
