package org.flowexp.tracking;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Puts files through the server's artifact proxy; the Java client would start Python for each. */
final class ArtifactUpload {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration TRANSFER = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final MlflowCredentials credentials;

  ArtifactUpload(URI server, MlflowCredentials credentials) {
    this.server = server;
    this.credentials = credentials;
  }

  /**
   * @param artifactUri the run's, {@code mlflow-artifacts:/<experiment>/<run>/artifacts}
   */
  void put(String artifactUri, String name, Path file, String mediaType) throws IOException {
    URI root = URI.create(artifactUri);
    if (!"mlflow-artifacts".equals(root.getScheme())) {
      throw new RequestRejected(
          "the server keeps artifacts in " + root.getScheme() + ", not behind its proxy",
          new UnsupportedOperationException(artifactUri));
    }
    String path = encoded(root.getPath().replaceAll("^/+", "") + "/" + previewable(name));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow-artifacts/artifacts/" + path))
            .timeout(TRANSFER)
            .header("Content-Type", mediaType)
            .PUT(BodyPublishers.ofFile(file));
    credentials.authorization().ifPresent(value -> request.header("Authorization", value));
    int status = send(request.build());
    if (status >= 500 || status == 401 || status == 403 || status == 408 || status == 429) {
      throw new TrackingUnavailable("HTTP " + status + " for the artifact " + name);
    }
    if (status >= 300) {
      throw new RequestRejected("HTTP " + status, new IOException(name));
    }
  }

  /** MLflow shows no preview of an extension it does not know. */
  static String previewable(String name) {
    return name.endsWith(".flowexp") ? name + ".txt" : name;
  }

  private int send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new TrackingUnavailable("interrupted", interrupt);
    } catch (IOException broken) {
      throw new TrackingUnavailable("sending an artifact failed: " + broken, broken);
    }
  }

  private static String encoded(String path) {
    return Arrays.stream(path.split("/"))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
