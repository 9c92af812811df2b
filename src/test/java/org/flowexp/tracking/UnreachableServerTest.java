package org.flowexp.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.flowexp.run.RunEvent.RunFinished;
import org.flowexp.run.RunEvent.RunStarted;
import org.flowexp.run.RunEvent.StepLogged;
import org.flowexp.run.RunIdentity;
import org.flowexp.run.RunStatus;
import org.flowexp.tracking.TrackingTarget.Embedded;
import org.flowexp.tracking.TrackingTarget.Lifetime;
import org.flowexp.tracking.TrackingTarget.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreachableServerTest {
  private static final int STEPS = 10_000;

  @TempDir private Path folder;
  private final List<String> messages = new CopyOnWriteArrayList<>();

  @Test
  void aClosedPortCostsARunNothingButAWarning() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertRunUnharmed(server(port));
  }

  @Test
  void aServerThatNeverAnswersCostsARunNothingButAWarning() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertRunUnharmed(server(silent.getLocalPort()));
    }
  }

  @Test
  void withoutPythonTheRunIsJournalled() throws IOException {
    assertRunUnharmed(
        new Embedded(folder.resolve("cache"), folder, "no-such-python", Lifetime.WHILE_USED));
    assertTrue(messages.get(messages.size() - 1).contains("no-such-python"), messages::toString);
  }

  @Test
  void credentialsGoToTheServerAndNowhereElse() throws IOException {
    List<String> authorizations = new CopyOnWriteArrayList<>();
    HttpServer refusing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    refusing.createContext(
        "/",
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    refusing.start();
    try {
      int port = refusing.getAddress().getPort();
      assertRunUnharmed(
          new Server(
              URI.create("http://ann:s3cret@127.0.0.1:" + port),
              new MlflowCredentials.Anonymous()));
    } finally {
      refusing.stop(0);
    }
    assertEquals(
        new MlflowCredentials.Login("ann", "s3cret").authorization(),
        authorizations.stream().findFirst());
    assertTrue(
        messages.get(0).contains("it refuses the credentials: HTTP 401"), messages::toString);
    assertFalse(messages.toString().contains("s3cret"));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(
            Files.readString(file, StandardCharsets.UTF_8).contains("s3cret"), file::toString);
      }
    }
  }

  private void assertRunUnharmed(TrackingTarget target) throws IOException {
    Path journal = folder.resolve("journal");
    MlflowTracker tracker =
        MlflowTracker.open(
            target,
            new TrackingSettings("x", journal, Map.of(), Duration.ofSeconds(1), messages::add));
    assertTimeout(Duration.ofSeconds(5), () -> run(tracker));
    assertTimeout(Duration.ofSeconds(15), tracker::close);
    assertFalse(tracker.isDelivered());
    assertEquals(
        1,
        messages.stream().filter(text -> text.startsWith("MLflow cannot be reached (")).count(),
        messages::toString);
    JournalReader reader = new JournalReader(JournalFiles.of(journal, "r"));
    // The steps, the start, what tracking cost, and the end.
    assertEquals(
        STEPS + 3, reader.entries(reader.start().orElseThrow().offset(), 2 * STEPS).size());
  }

  private static void run(MlflowTracker tracker) {
    tracker.accept(
        new RunStarted(new RunIdentity("r", "seed=0", "x", Optional.empty(), Map.of(), Map.of())));
    for (int step = 1; step <= STEPS; step++) {
      tracker.accept(new StepLogged("r", "repair", step, Map.of("loss", 1.0 / step)));
    }
    tracker.accept(
        new RunFinished("r", RunStatus.FINISHED, STEPS, Map.of(), Map.of(), Optional.empty()));
  }

  private static Server server(int port) {
    return new Server(URI.create("http://127.0.0.1:" + port), new MlflowCredentials.Anonymous());
  }
}
