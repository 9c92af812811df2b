package org.flowexp.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.flowexp.run.RunEvent.ArtifactWritten;
import org.flowexp.run.RunEvent.PhaseStarted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunListenersTest {
  private static final RunEvent EVENT = new PhaseStarted("r", "repair", 10);

  private final List<RunEvent> heard = new ArrayList<>();
  private final RunListener attentive = new Recording(heard::add);
  private final RunListener broken =
      new Recording(
          event -> {
            throw new IllegalStateException("broken");
          });

  @Test
  void aFailingListenerSilencesNoOther() {
    List<RuntimeException> failures = new ArrayList<>();
    try (RunListeners all = new RunListeners(List.of(broken, attentive), failures::add)) {
      all.accept(EVENT);
      all.accept(EVENT);
    }
    assertEquals(List.of(EVENT, EVENT), heard);
    assertEquals(1, failures.size(), "a failing listener is reported once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "../up", "a/../../b", "a\\b"})
  void anArtifactStaysBelowItsRun(String name) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ArtifactWritten("r", name, Path.of("x"), "text/plain"));
  }

  private record Recording(Consumer<RunEvent> action) implements RunListener {
    @Override
    public void accept(RunEvent event) {
      action.accept(event);
    }

    @Override
    public void close() {}
  }
}
