package org.flowexp.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunEvent.Evaluated;
import org.flowexp.run.RunEvent.RunFinished;
import org.flowexp.run.RunEvent.StepLogged;
import org.flowexp.run.RunEvent.SweepFinished;
import org.flowexp.run.RunStatus;

/**
 * What an earlier process wrote about a run that is resumed.
 *
 * @param length where the last complete line ends
 * @param lastSteps the last step of each kind of value: a resumed run repeats some, and they are
 *     the same
 * @param status how it ended, if it did
 */
record JournalPast(
    JournalHeader header, long length, Map<String, Long> lastSteps, Optional<RunStatus> status) {
  private static final int AT_A_TIME = 1_000;

  static Optional<JournalPast> of(JournalFiles files) throws IOException {
    if (!Files.exists(files.lines())) {
      return Optional.empty();
    }
    JournalReader reader = new JournalReader(files);
    Optional<JournalReader.Start> start = reader.start();
    if (start.isEmpty()) {
      Files.delete(files.lines());
      return Optional.empty();
    }
    Map<String, Long> lastSteps = new HashMap<>();
    Optional<RunStatus> status = Optional.empty();
    long end = start.get().offset();
    List<JournalReader.Line> lines = reader.entries(end, AT_A_TIME);
    while (!lines.isEmpty()) {
      for (JournalReader.Line line : lines) {
        RunEvent event = line.entry().event();
        series(event).ifPresent(series -> lastSteps.merge(series, step(event), Math::max));
        status = statusAfter(event);
        end = line.end();
      }
      lines = reader.entries(end, AT_A_TIME);
    }
    return Optional.of(new JournalPast(start.get().header(), end, Map.copyOf(lastSteps), status));
  }

  /** A run that was killed goes on where it was; one that finished or failed begins anew. */
  boolean isResumable() {
    return status.isEmpty() || status.get() == RunStatus.KILLED;
  }

  boolean contains(RunEvent event) {
    boolean known = series(event).map(lastSteps::get).filter(l -> step(event) <= l).isPresent();
    return known || (!isResumable() && series(event).isEmpty() && !changesStatus(event));
  }

  /** A run that failed may finish this time. */
  private boolean changesStatus(RunEvent event) {
    return !statusAfter(event).map(after -> status.equals(Optional.of(after))).orElse(true);
  }

  private static Optional<String> series(RunEvent event) {
    if (event instanceof StepLogged) {
      return Optional.of("steps");
    }
    return event instanceof Evaluated evaluated
        ? Optional.of("evaluated " + evaluated.stage())
        : Optional.empty();
  }

  private static long step(RunEvent event) {
    if (event instanceof StepLogged logged) {
      return logged.step();
    }
    return event instanceof Evaluated evaluated ? evaluated.step() : -1;
  }

  private static Optional<RunStatus> statusAfter(RunEvent event) {
    if (event instanceof RunFinished finished) {
      return Optional.of(finished.status());
    }
    return event instanceof SweepFinished finished
        ? Optional.of(finished.status())
        : Optional.empty();
  }
}
