package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowexp.tracking.EmbeddedServer;
import org.flowexp.tracking.TrackingTarget.Embedded;
import org.flowexp.tracking.TrackingTarget.Lifetime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps a second of the same training with MLflow's server up, down, silent, and not asked. */
@Tag("slow")
class ThroughputFaultTest {
  private static final int ROUNDS = 3;
  private static final Path REPORT = Path.of("reports/faults/throughput.md");

  @TempDir private Path directory;

  private record Pace(double steps, double milliseconds, double most) {}

  @Test
  void aServerThatIsDownOrSilentCostsNoSteps() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    Map<String, List<Pace>> paces = new LinkedHashMap<>();
    Path tools = Path.of(System.getProperty("user.home"), ".cache", "flowexp");
    Embedded target =
        new Embedded(tools, directory.resolve("store"), "python3", Lifetime.WHILE_USED);
    try (EmbeddedServer server = EmbeddedServer.open(target, text -> {});
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Map<String, String> addresses = new LinkedHashMap<>();
      addresses.put("offline", "offline");
      addresses.put("up, on this machine", server.uri().toString());
      addresses.put("down (port closed)", "http://127.0.0.1:" + closed);
      addresses.put("silent (never answers)", "http://127.0.0.1:" + silent.getLocalPort());
      for (int round = 0; round < ROUNDS; round++) {
        for (var address : addresses.entrySet()) {
          paces
              .computeIfAbsent(address.getKey(), name -> new ArrayList<>())
              .add(pace(round, address.getKey(), address.getValue()));
        }
      }
    }
    double offline = median(paces.get("offline"));
    for (String name : List.of("down (port closed)", "silent (never answers)")) {
      assertTrue(median(paces.get(name)) > 0.5 * offline, name + ": " + paces);
    }
    if ("record".equals(System.getProperty("flowexp.faults"))) {
      write(paces);
    }
  }

  private Pace pace(int round, String name, String address) throws Exception {
    Path cache = directory.resolve(name.replaceAll("\\W", "") + round);
    new RunProcess(directory)
        .with("MLFLOW_TRACKING_URI", address)
        .with("FLOWEXP_CHECKPOINT", "30")
        .finish(cache);
    return of(cache);
  }

  /** From the times of the journal's points of both phases. */
  private static Pace of(Path cache) throws IOException {
    Map<String, Long> first = new LinkedHashMap<>();
    Map<String, Long> last = new LinkedHashMap<>();
    double each = Double.NaN;
    double most = Double.NaN;
    Path journal = ToyRun.files(cache.resolve("journal"), ".*\\.jsonl").get(0);
    for (String line : Files.readAllLines(journal)) {
      JsonNode entry = RunProcess.JSON.readTree(line);
      JsonNode event = entry.path("event");
      if (event.path("event").asText().equals("step")) {
        first.putIfAbsent(event.path("phase").asText(), entry.path("at").asLong());
        last.put(event.path("phase").asText(), entry.path("at").asLong());
      } else if (event.path("event").asText().equals("run-noted")) {
        each = event.path("tags").path("tracking.ms_per_step").asDouble();
        most = event.path("tags").path("tracking.ms_at_most").asDouble();
      }
    }
    long millis = 0;
    for (String phase : first.keySet()) {
      millis += last.get(phase) - first.get(phase);
    }
    return new Pace(1_000.0 * (2 * 2_000 - 2 * 10) / millis, each, most);
  }

  private static double median(List<Pace> paces) {
    return middle(paces.stream().mapToDouble(Pace::steps).sorted().toArray());
  }

  private static double middle(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static void write(Map<String, List<Pace>> paces) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Steps a second, with MLflow's server up and down

            `examples/resume.flowexp` (4,000 steps of batches of 128, values logged every 10 steps, one thread), in processes of their own, the four kinds one after
            the other, %d times; medians, with the slowest and the fastest. A server on the same machine takes processor time from the training; how
            busy the machine was with other work shows in the spread. Written by
            `mvn -Pslow test -Dtest=ThroughputFaultTest -Dflowexp.faults=record`.

            | server | steps a second | slowest to fastest | tracking, ms a step | longest, ms |
            |---|--:|--:|--:|--:|
            """
                .formatted(ROUNDS));
    paces.forEach(
        (name, all) -> {
          double[] steps = all.stream().mapToDouble(Pace::steps).sorted().toArray();
          text.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %.0f | %.0f to %.0f | %.4f | %.1f |%n",
                  name,
                  middle(steps),
                  steps[0],
                  steps[steps.length - 1],
                  middle(all.stream().mapToDouble(Pace::milliseconds).sorted().toArray()),
                  all.stream().mapToDouble(Pace::most).max().orElseThrow()));
        });
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, text.toString());
  }
}
