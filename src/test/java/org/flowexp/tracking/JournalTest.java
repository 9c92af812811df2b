package org.flowexp.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunEvent.ArtifactWritten;
import org.flowexp.run.RunEvent.Evaluated;
import org.flowexp.run.RunEvent.PhaseStarted;
import org.flowexp.run.RunEvent.RunFinished;
import org.flowexp.run.RunEvent.RunStarted;
import org.flowexp.run.RunEvent.StepLogged;
import org.flowexp.run.RunEvent.SweepFinished;
import org.flowexp.run.RunEvent.SweepStarted;
import org.flowexp.run.RunIdentity;
import org.flowexp.run.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static void track(Path folder, boolean ends) {
    var settings =
        new TrackingSettings("e", folder, Map.of(), TrackingSettings.USUAL_DEADLINE, message -> {});
    var trial =
        new RunIdentity("trial", "a=1", "e", Optional.of("sweep"), Map.of("a", "1"), Map.of());
    try (var tracker = MlflowTracker.open(new TrackingTarget.Offline(), settings)) {
      tracker.accept(new SweepStarted("sweep", "s", Map.of(), Map.of(), ""));
      tracker.accept(new RunStarted(trial));
      tracker.accept(new PhaseStarted("trial", "p", 20));
      for (long step = 10; step <= 20; step += 10) {
        tracker.accept(new StepLogged("trial", "p", step, Map.of("loss", 1.0)));
      }
      tracker.accept(
          new RunFinished(
              "trial", RunStatus.FINISHED, 20, Map.of("m", 1.0), Map.of(), Optional.empty()));
      if (ends) {
        tracker.accept(new SweepFinished("sweep", RunStatus.FINISHED, Map.of()));
      }
    }
  }

  @Test
  void aTrialThatAKilledSweepHadFinishedIsNotBegunAnew() throws IOException {
    track(folder, false); // the process dies before the sweep ends
    String before = Files.readString(folder.resolve("trial.jsonl"));
    track(folder, true);
    assertEquals(before, Files.readString(folder.resolve("trial.jsonl")));
    track(folder, true); // a sweep that is over is run again as another
    try (var files = Files.list(folder)) {
      assertEquals(
          2, files.filter(f -> f.getFileName().toString().matches("trial.*\\.jsonl")).count());
    }
  }

  private static void start(MlflowTracker tracker, int run) {
    tracker.accept(
        new RunStarted(
            new RunIdentity("run" + run, "n", "e", Optional.empty(), Map.of(), Map.of())));
  }

  private static void finish(MlflowTracker tracker, int run) {
    tracker.accept(
        new RunFinished("run" + run, RunStatus.FINISHED, 1, Map.of(), Map.of(), Optional.empty()));
  }

  private static long openFiles() {
    return ((com.sun.management.UnixOperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aRunThatIsOverKeepsNoFileOpen() throws IOException {
    var settings =
        new TrackingSettings("e", folder, Map.of(), TrackingSettings.USUAL_DEADLINE, message -> {});
    long runs = 200;
    try (var tracker = MlflowTracker.open(new TrackingTarget.Offline(), settings)) {
      long before = openFiles();
      for (int run = 0; run < runs; run++) {
        start(tracker, run);
      }
      assertTrue(openFiles() - before >= 2L * runs, "runs under way keep theirs");
      for (int run = 0; run < runs; run++) {
        finish(tracker, run);
      }
      assertTrue(openFiles() - before < runs / 4, () -> openFiles() + " after " + before);
      // A run that failed may be begun again by another attempt: the same journal goes on.
      start(tracker, 7);
      finish(tracker, 7);
    }
    JournalReader reader = new JournalReader(JournalFiles.of(folder, "run7"));
    List<RunEvent> events =
        reader.entries(reader.start().orElseThrow().offset(), 10).stream()
            .map(line -> line.entry().event())
            .toList();
    assertEquals(RunFinished.class, events.get(events.size() - 1).getClass());
  }

  @Test
  void aJournalAtRestIsHeldByWhoeverSendsIt() throws IOException {
    Journal journal = Journal.open(folder, HEADER, "r", Journal.Ended.STAYS);
    journal.append(new JournalEntry(1, START));
    Path lock = journal.files().lock();
    assertTrue(FileMutex.tryAcquire(lock).isEmpty(), "it is written");
    assertTrue(journal.retain());
    journal.end();
    assertTrue(FileMutex.tryAcquire(lock).isEmpty(), "it is sent");
    journal.letGo();
    FileMutex other = FileMutex.tryAcquire(lock).orElseThrow();
    assertFalse(journal.retain(), "another has it");
    assertThrows(Journal.TrackedElsewhere.class, journal::reopen);
    other.close();
    journal.reopen();
    assertTrue(FileMutex.tryAcquire(lock).isEmpty(), "it is written again");
    journal.close();
    FileMutex.tryAcquire(lock).orElseThrow().close();
  }

  private static final JournalHeader HEADER = new JournalHeader("x/y", Map.of("a", "b"), 7);
  private static final RunEvent START =
      new RunStarted(
          new RunIdentity(
              "r", "name", "x", Optional.of("s"), Map.of("p.q", "1"), Map.of("t", "ü\n\"")));

  @TempDir private Path folder;

  @Test
  void everyEventIsReadBackAsItWas() throws IOException {
    List<RunEvent> events =
        List.of(
            START,
            new PhaseStarted("r", "repair", 100),
            new StepLogged(
                "r",
                "repair",
                1,
                Map.of("loss", 0.1 + 0.2, "bad", Double.NaN, "worse", Double.NEGATIVE_INFINITY)),
            new Evaluated("r", "repair", 1, Map.of("ess", Double.MIN_VALUE)),
            new RunFinished(
                "r", RunStatus.FAILED, 1, Map.of("e", 1.0), Map.of(), Optional.of("why")),
            new SweepStarted("s", "n", Map.of(), Map.of(), "# note"),
            new SweepFinished("s", RunStatus.FINISHED, Map.of("verdict", "holds")));
    write(events);
    assertEquals(events, events());
  }

  @Test
  void anArtifactIsKeptAsItWasWhenItWasWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("plot.svg"), "first");
    write(List.of(START, new ArtifactWritten("r", "plots/plot.svg", file, "image/svg+xml")));
    Files.writeString(file, "second");
    ArtifactWritten kept = (ArtifactWritten) events().get(1);
    assertEquals("plots/plot.svg", kept.name());
    assertArrayEquals(
        "first".getBytes(StandardCharsets.UTF_8),
        Files.readAllBytes(files().artifacts().resolve(kept.file())));
  }

  @Test
  void aKilledRunGoesOnAfterItsLastWholeLineAndRepeatsNoStep() throws IOException {
    write(List.of(START, step(1), step(2)));
    Files.writeString(files().lines(), "{\"at\":1,\"ev", StandardOpenOption.APPEND);
    write(List.of(START, step(2), step(3)));
    assertEquals(List.of(START, step(1), step(2), START, step(3)), events());
  }

  @Test
  void aFailedRunBeginsAnewAndItsUnsentJournalIsKept() throws IOException {
    RunEvent failed =
        new RunFinished("r", RunStatus.FAILED, 2, Map.of(), Map.of(), Optional.empty());
    write(List.of(START, step(1), failed));
    write(List.of(START, step(1)));
    assertEquals(List.of(START, step(1)), events());
    assertEquals(2, JournalFiles.allIn(folder).size());
  }

  @Test
  void twoProcessesNeverWriteOneJournal() throws IOException {
    try (Journal journal = Journal.open(folder, HEADER, "r", Journal.Ended.BEGINS_ANEW)) {
      journal.append(new JournalEntry(1, START));
      assertThrows(
          IOException.class,
          () -> Journal.open(folder, HEADER, "r", Journal.Ended.BEGINS_ANEW).close());
    }
  }

  private static RunEvent step(long step) {
    return new StepLogged("r", "repair", step, Map.of("loss", 1.0 / step));
  }

  private void write(List<RunEvent> events) throws IOException {
    try (Journal journal = Journal.open(folder, HEADER, "r", Journal.Ended.BEGINS_ANEW)) {
      for (RunEvent event : events) {
        journal.append(new JournalEntry(5, event));
      }
    }
  }

  private List<RunEvent> events() throws IOException {
    JournalReader reader = new JournalReader(files());
    JournalReader.Start start = reader.start().orElseThrow();
    assertEquals(HEADER, start.header());
    return reader.entries(start.offset(), 100).stream().map(line -> line.entry().event()).toList();
  }

  private JournalFiles files() {
    return JournalFiles.of(folder, "r");
  }
}
