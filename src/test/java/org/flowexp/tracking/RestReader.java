package org.flowexp.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads MLflow back without the client that wrote to it. */
final class RestReader {
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI server;

  RestReader(URI server) {
    this.server = server;
  }

  JsonNode run(String runId) throws IOException {
    return get("/api/2.0/mlflow/runs/get?run_id=" + runId).path("run");
  }

  Map<String, String> pairs(JsonNode list) {
    Map<String, String> pairs = new TreeMap<>();
    list.forEach(item -> pairs.put(item.path("key").asText(), item.path("value").asText()));
    return pairs;
  }

  /** Step to value; fails if a step comes twice. */
  Map<Long, Double> history(String runId, String metric) throws IOException {
    JsonNode points =
        get("/api/2.0/mlflow/metrics/get-history?max_results=20000&run_id="
                + runId
                + "&metric_key="
                + URLEncoder.encode(metric, StandardCharsets.UTF_8))
            .path("metrics");
    Map<Long, Double> history = new TreeMap<>();
    for (JsonNode point : points) {
      double value = Double.parseDouble(point.path("value").asText());
      if (history.put(point.path("step").asLong(), value) != null) {
        throw new IOException("step " + point.path("step") + " of " + metric + " is there twice");
      }
    }
    return history;
  }

  JsonNode experiment(String experimentId) throws IOException {
    return get("/api/2.0/mlflow/experiments/get?experiment_id=" + experimentId).path("experiment");
  }

  JsonNode runsOf(String experimentId, String filter) throws IOException {
    return post(
            "/api/2.0/mlflow/runs/search",
            Map.of("experiment_ids", List.of(experimentId), "filter", filter))
        .path("runs");
  }

  JsonNode runsOf(String experimentId) throws IOException {
    return post(
            "/api/2.0/mlflow/runs/search",
            Map.of("experiment_ids", List.of(experimentId), "max_results", 1000))
        .path("runs");
  }

  byte[] artifact(String artifactUri, String name) throws IOException {
    String path = URI.create(artifactUri).getPath() + "/" + name;
    return send(
        HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow-artifacts/artifacts" + path)));
  }

  JsonNode post(String path, Map<String, ?> body) throws IOException {
    return json.readTree(
        send(
            HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))));
  }

  private JsonNode get(String path) throws IOException {
    return json.readTree(send(HttpRequest.newBuilder(URI.create(server + path))));
  }

  private byte[] send(HttpRequest.Builder request) throws IOException {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofByteArray());
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      if (answer.statusCode() != 200) {
        throw new IOException("HTTP " + answer.statusCode() + " " + body);
      }
      return answer.body();
    } catch (InterruptedException interrupt) {
      throw new IOException(interrupt);
    }
  }
}
