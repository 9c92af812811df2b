package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.tracking.EmbeddedServer;
import org.flowexp.tracking.TrackingTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job as a user runs it, against a real MLflow server; and a run that must fail, failing.
 */
class DoubleWellEndToEndTest {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final Path TOOLS =
      Path.of(
          Optional.ofNullable(System.getProperty("flowexp.test.cache"))
              .orElse(System.getProperty("user.home") + "/.cache/flowexp"));
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path cache;

  private record Result(int code, String out, String err) {}

  private Result run(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> all = new HashMap<>(environment);
    all.put("FLOWEXP_CACHE", cache.toString());
    all.put("FLOWEXP_TOOLS", TOOLS.toString());
    Host host =
        new Host(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Host.Screen(false, 100),
            all,
            ROOT,
            cache);
    int code = Main.run(List.of(arguments), host);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theProfileForContinuousIntegrationMeetsItsExpectationsAndIsInMlflow() throws Exception {
    var target =
        new TrackingTarget.Embedded(
            TOOLS, cache.resolve("mlflow"), "python3", TrackingTarget.Lifetime.WHILE_USED);
    try (EmbeddedServer server = EmbeddedServer.open(target, message -> {})) {
      Result result =
          run(
              Map.of("MLFLOW_TRACKING_URI", server.uri().toString()),
              "run",
              "experiments/double_well_12d.flowexp",
              "--profile",
              "ci",
              "--format",
              "json");
      assertEquals(ExitCode.OK, result.code(), result.err());
      JsonNode report = JSON.readTree(result.out());
      assertEquals(3, report.get("runs").size());
      JsonNode trials = search(server.uri(), "tags.role = 'trial'");
      assertEquals(9, trials.size());
      assertEquals(1, search(server.uri(), "tags.role = 'sweep'").size());
      for (JsonNode trial : trials) {
        assertEquals("FINISHED", trial.at("/info/status").asText());
        assertTrue(hasKey(trial.at("/data/params"), "n_repair"));
        assertTrue(hasKey(trial.at("/data/params"), "objective"));
        assertTrue(hasKey(trial.at("/data/metrics"), "final/unseen_kl"));
        assertTrue(hasKey(trial.at("/data/metrics"), "final/energy_evals"));
      }
    }
  }

  private static boolean hasKey(JsonNode entries, String key) {
    for (JsonNode entry : entries) {
      if (entry.get("key").asText().equals(key)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode search(URI server, String filter)
      throws IOException, InterruptedException {
    String body =
        JSON.writeValueAsString(
            Map.of("experiment_ids", List.of("0", "1", "2"), "filter", filter, "max_results", 100));
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/2.0/mlflow/runs/search"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return JSON.readTree(answer).path("runs");
  }

  @Test
  void anExpectationThatCannotHoldEndsWithOne() throws IOException {
    String toy =
        Files.readString(
            ROOT.resolve("src/test/resources/diagnostics/FX0201-unknown-name/fixed.flowexp"));
    Path good = Files.writeString(cache.resolve("good.flowexp"), toy);
    Path bad =
        Files.writeString(
            cache.resolve("bad.flowexp"), toy.replace("mean(ess) > 0 %", "mean(ess) > 101 %"));
    assertEquals(ExitCode.OK, run(Map.of(), good.toString(), "--offline").code());
    Result failed = run(Map.of(), bad.toString(), "--offline");
    assertEquals(ExitCode.REJECTED, failed.code(), failed.err());
    assertTrue(failed.out().contains("failed: samples are worth something"), failed.out());
  }
}
