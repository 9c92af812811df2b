package org.flowexp.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * Asks whether the server on a local port is ours. {@code /health} would be answered by anybody's
 * server, so a token is kept as a tag of the default experiment of our store.
 */
final class ServerProbe {
  private static final String TAG = "flowexp.store";
  private static final String DEFAULT_EXPERIMENT = "0";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private ServerProbe() {}

  static boolean shows(int port, String token) {
    try {
      JsonNode answer = send(port, "experiments/get?experiment_id=" + DEFAULT_EXPERIMENT, Map.of());
      for (JsonNode tag : answer.path("experiment").path("tags")) {
        if (tag.path("key").asText().equals(TAG) && tag.path("value").asText().equals(token)) {
          return true;
        }
      }
      return false;
    } catch (IOException notOurs) {
      return false;
    }
  }

  static void mark(int port, String token) throws IOException {
    send(
        port,
        "experiments/set-experiment-tag",
        Map.of("experiment_id", DEFAULT_EXPERIMENT, "key", TAG, "value", token));
  }

  private static JsonNode send(int port, String path, Map<String, String> body) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/2.0/mlflow/" + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    if (!body.isEmpty()) {
      String json = TrackingJson.MAPPER.writeValueAsString(body);
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(json));
    }
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(uri + " answered " + response.statusCode());
      }
      return TrackingJson.MAPPER.readTree(response.body());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new TrackingUnavailable("interrupted while asking " + uri, interrupt);
    }
  }
}
