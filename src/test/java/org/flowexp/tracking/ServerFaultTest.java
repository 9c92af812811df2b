package org.flowexp.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.flowexp.cli.Faults;
import org.flowexp.run.RunEvent.Evaluated;
import org.flowexp.run.RunEvent.RunFinished;
import org.flowexp.run.RunEvent.RunStarted;
import org.flowexp.run.RunEvent.StepLogged;
import org.flowexp.run.RunIdentity;
import org.flowexp.run.RunStatus;
import org.flowexp.tracking.TrackingTarget.Embedded;
import org.flowexp.tracking.TrackingTarget.Lifetime;
import org.flowexp.tracking.TrackingTarget.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MLflow server that dies, is away, or is slow, while a run logs. */
@Tag("slow")
class ServerFaultTest {
  private static final int STEPS = 3_000;
  private static final long BLOCKED_NANOS = 500_000_000;

  @TempDir private Path folder;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private EmbeddedServer server;

  @BeforeEach
  void startServer() throws IOException {
    server =
        EmbeddedServer.open(
            new Embedded(TestCache.folder(), store(), "python3", Lifetime.WHILE_USED), text -> {});
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  private Path store() {
    return folder.resolve("store");
  }

  private void kill() throws Exception {
    ServerRecord record =
        TrackingJson.readIfPresent(store().resolve("server.json"), ServerRecord.class)
            .orElseThrow();
    for (ProcessIdentity process : record.processes()) {
      Optional<ProcessHandle> alive = process.alive();
      if (alive.isPresent()) {
        alive.get().destroyForcibly();
        alive.get().onExit().get();
      }
    }
  }

  private void restart() throws IOException {
    URI before = server.uri();
    server.close();
    startServer();
    assertEquals(before, server.uri(), "on its port again");
  }

  /** Something that happens while the run goes on, at a step. */
  private record Event(int step, Action action) {}

  @FunctionalInterface
  private interface Action {
    void run() throws Exception;
  }

  /** Logs a run of 3,000 steps in about 6 seconds, and more while something happens. */
  private long longestStep(MlflowTracker tracker, String id, List<Event> events) throws Exception {
    long longest = 0;
    tracker.accept(
        new RunStarted(new RunIdentity(id, id, "x", Optional.empty(), Map.of(), Map.of())));
    for (int step = 1; step <= STEPS; step++) {
      for (Event event : events) {
        if (event.step == step) {
          event.action.run();
        }
      }
      long begin = System.nanoTime();
      tracker.accept(new StepLogged(id, "p", step, Map.of("loss", loss(step))));
      if (step % 500 == 0) {
        tracker.accept(new Evaluated(id, "p", step, Map.of("ess", loss(step))));
      }
      longest = Math.max(longest, System.nanoTime() - begin);
      Thread.sleep(2);
    }
    tracker.accept(
        new RunFinished(
            id, RunStatus.FINISHED, STEPS, Map.of("ess", 0.5), Map.of(), Optional.empty()));
    return longest;
  }

  private static double loss(int step) {
    return 1.0 / (3 + step);
  }

  private void assertAllThereOnce(MlflowTracker tracker, String id) throws IOException {
    assertTrue(tracker.isDelivered(), messages::toString);
    TrackedRun run = tracker.tracked(id).orElseThrow();
    Map<Long, Double> losses = new TreeMap<>();
    Map<Long, Double> evaluated = new TreeMap<>();
    for (int step = 1; step <= STEPS; step++) {
      losses.put((long) step, loss(step));
      if (step % 500 == 0) {
        evaluated.put((long) step, loss(step));
      }
    }
    RestReader rest = new RestReader(server.uri());
    assertEquals(losses, rest.history(run.runId(), "train/loss"));
    assertEquals(evaluated, rest.history(run.runId(), "eval/ess"));
    assertEquals(Map.of((long) STEPS, 0.5), rest.history(run.runId(), "final/ess"));
    assertEquals("FINISHED", rest.run(run.runId()).path("info").path("status").asText());
    assertEquals(1, rest.runsOf(run.experimentId()).size(), "one run");
  }

  private MlflowTracker tracker(URI uri, String experiment) {
    return MlflowTracker.open(
        new Server(uri, new MlflowCredentials.Anonymous()),
        new TrackingSettings(
            experiment,
            folder.resolve("journal-" + experiment),
            Map.of(),
            TrackingSettings.USUAL_DEADLINE,
            messages::add));
  }

  @Test
  void killedAndRestartedInMidRunAllPointsArriveOnce() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    int tried = 5;
    long longest = 0;
    for (int i = 0; i < tried; i++) {
      String id = "killed" + i;
      MlflowTracker tracker = tracker(server.uri(), id);
      int at = 200 + random.nextInt(1_800);
      int back = at + 1 + random.nextInt(900);
      longest =
          Math.max(
              longest,
              longestStep(
                  tracker, id, List.of(new Event(at, this::kill), new Event(back, this::restart))));
      tracker.close();
      assertAllThereOnce(tracker, id);
    }
    assertTrue(longest < BLOCKED_NANOS, longest + " ns");
    Faults.record(
        "MLflow server killed and restarted in mid-run",
        new Faults.Count(tried, tried, 0),
        "all 3,000 points of each run in MLflow, each once, in one run; a step's logging took at most %.1f ms"
            .formatted(longest * 1e-6));
  }

  @Test
  void downAtTheStartAllPointsArriveOnceWhenItComes() throws Exception {
    int tried = 3;
    for (int i = 0; i < tried; i++) {
      kill();
      String id = "down" + i;
      MlflowTracker tracker = tracker(server.uri(), id);
      longestStep(tracker, id, List.of(new Event(1_000 + 500 * i, this::restart)));
      tracker.close();
      assertAllThereOnce(tracker, id);
    }
    Faults.record(
        "MLflow server down at the start",
        new Faults.Count(tried, tried, 0),
        "it came in mid-run; all 3,000 points of each run in MLflow, each once");
  }

  @Test
  void aSlowServerDoesNotHoldUpTheRun() throws Exception {
    int tried = 2;
    long longest = 0;
    AtomicLong answered = new AtomicLong();
    for (int i = 0; i < tried; i++) {
      HttpServer slow = slow(500L * (i + 1), answered);
      try {
        String id = "slow" + i;
        URI uri = URI.create("http://127.0.0.1:" + slow.getAddress().getPort());
        MlflowTracker tracker = tracker(uri, id);
        longest = Math.max(longest, longestStep(tracker, id, List.of()));
        tracker.close();
        assertAllThereOnce(tracker, id);
        String runId = tracker.tracked(id).orElseThrow().runId();
        RestReader rest = new RestReader(server.uri());
        Map<String, String> tags = rest.pairs(rest.run(runId).path("data").path("tags"));
        assertTrue(Double.parseDouble(tags.get("tracking.ms_per_step")) < 5, tags::toString);
      } finally {
        slow.stop(0);
      }
    }
    assertTrue(answered.get() > 10, "it was used");
    assertTrue(longest < BLOCKED_NANOS, longest + " ns");
    assertFalse(messages.toString().contains("lost"), messages::toString);
    Faults.record(
        "slow MLflow server (0.5 s and 1 s for each answer)",
        new Faults.Count(tried, tried, 0),
        "all 3,000 points of each run, each once; a step's logging took at most %.1f ms"
            .formatted(longest * 1e-6));
  }

  /** A proxy that waits before it passes an answer on. */
  private HttpServer slow(long millis, AtomicLong answered) throws IOException {
    HttpClient http = HttpClient.newHttpClient();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.setExecutor(Executors.newCachedThreadPool());
    proxy.createContext(
        "/",
        exchange -> {
          try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create(server.uri() + exchange.getRequestURI().toString()))
                    .method(
                        exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .ifPresent(type -> request.header("Content-Type", type));
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            Thread.sleep(millis);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            answered.incrementAndGet();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          } finally {
            exchange.close();
          }
        });
    proxy.start();
    return proxy;
  }
}
