package org.flowexp.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.run.RunEvent.RunStarted;
import org.flowexp.run.RunIdentity;
import org.flowexp.tracking.TrackingTarget.Embedded;
import org.flowexp.tracking.TrackingTarget.Lifetime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
  @TempDir private Path store;
  private final List<String> messages = new ArrayList<>();

  @Test
  void aServerIsSharedUntilItsLastUserLeaves() throws IOException {
    EmbeddedServer first = open(Lifetime.WHILE_USED);
    URI address = first.uri();
    MlflowTracker tracker = MlflowTracker.open(target(Lifetime.WHILE_USED), settings());
    tracker.accept(
        new RunStarted(new RunIdentity("r", "n", "x", Optional.empty(), Map.of(), Map.of())));
    for (int wait = 0; wait < 100 && tracker.tracked("r").isEmpty(); wait++) {
      Pause.of(Duration.ofMillis(100));
    }
    assertEquals(address, tracker.tracked("r").orElseThrow().server());
    first.close();
    assertTrue(isServing(), "one user is left");
    tracker.close();
    assertTrue(tracker.isDelivered());
    assertEquals(List.of(), messages);
    assertFalse(isServing());
    try (EmbeddedServer kept = open(Lifetime.KEPT)) {
      assertEquals(address, kept.uri(), "links to earlier runs keep working");
    }
    assertTrue(isServing());
    assertTrue(EmbeddedServer.stop(store));
    assertFalse(isServing());
    assertFalse(EmbeddedServer.stop(store));
  }

  @Test
  void theWorkersOfAKilledServerAreGoneWhenTheNextOneServes() throws Exception {
    EmbeddedServer killed = open(Lifetime.WHILE_USED);
    List<ProcessIdentity> family = record().orElseThrow().processes();
    assertTrue(family.size() > 1, "a server has a worker, or this test shows nothing");
    ProcessHandle parent = family.get(0).alive().orElseThrow();
    parent.destroyForcibly();
    parent.onExit().get();
    try (EmbeddedServer next = open(Lifetime.WHILE_USED)) {
      assertTrue(isServing(), next.uri()::toString);
      for (ProcessIdentity process : family) {
        assertTrue(process.alive().isEmpty(), process::toString);
      }
    }
    killed.close();
  }

  @Test
  void withoutPythonTheMessageSaysWhatIsMissing() {
    Embedded target =
        new Embedded(store.resolve("cache"), store, "no-such-python", Lifetime.WHILE_USED);
    TrackingUnavailable failure =
        assertThrows(
            TrackingUnavailable.class, () -> EmbeddedServer.open(target, messages::add).close());
    assertEquals(
        "MLflow needs Python 3.10 or newer, and 'no-such-python' does not start",
        failure.getMessage());
  }

  private EmbeddedServer open(Lifetime lifetime) throws IOException {
    return EmbeddedServer.open(target(lifetime), messages::add);
  }

  private boolean isServing() throws IOException {
    return record()
        .filter(server -> server.isAlive() && ServerProbe.shows(server.port(), server.token()))
        .isPresent();
  }

  private Optional<ServerRecord> record() throws IOException {
    return TrackingJson.readIfPresent(store.resolve("server.json"), ServerRecord.class);
  }

  private Embedded target(Lifetime lifetime) {
    return new Embedded(TestCache.folder(), store, "python3", lifetime);
  }

  private TrackingSettings settings() {
    return new TrackingSettings(
        "x", store.resolve("journal"), Map.of(), TrackingSettings.USUAL_DEADLINE, messages::add);
  }
}
