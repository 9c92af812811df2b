package org.flowexp.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunEvent.ArtifactWritten;
import org.flowexp.run.RunEvent.Effort;
import org.flowexp.run.RunEvent.Evaluated;
import org.flowexp.run.RunEvent.RunFinished;
import org.flowexp.run.RunEvent.RunRepeated;
import org.flowexp.run.RunEvent.RunStarted;
import org.flowexp.run.RunEvent.StepLogged;
import org.flowexp.run.RunEvent.SweepFinished;
import org.flowexp.run.RunStatus;

/**
 * What an earlier process wrote about a run that is resumed or repeated.
 *
 * @param first the event it began with
 * @param length where the last complete line ends
 * @param lastSteps the last step of each kind of value: a resumed run repeats some, and they are
 *     the same
 * @param end the event it ended with, if it did
 */
record JournalPast(
    JournalHeader header,
    RunEvent first,
    long length,
    Map<String, Long> lastSteps,
    Optional<RunEvent> end) {
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
    Optional<RunEvent> last = Optional.empty();
    long end = start.get().offset();
    List<JournalReader.Line> lines = reader.entries(end, AT_A_TIME);
    while (!lines.isEmpty()) {
      for (JournalReader.Line line : lines) {
        RunEvent event = line.entry().event();
        series(event).ifPresent(series -> lastSteps.merge(series, step(event), Math::max));
        // What repeats a run that is over leaves it over.
        boolean repeats = event instanceof RunRepeated || event instanceof ArtifactWritten;
        last = repeats ? last : end(last, event);
        end = line.end();
      }
      lines = reader.entries(end, AT_A_TIME);
    }
    RunEvent first = start.get().first().event();
    return Optional.of(
        new JournalPast(start.get().header(), first, end, Map.copyOf(lastSteps), last));
  }

  /** The event as the end of a run; one that repeats an end left out the metrics of that one. */
  private static Optional<RunEvent> end(Optional<RunEvent> before, RunEvent event) {
    RunEvent earlier = before.orElse(event);
    if (event instanceof RunFinished now
        && now.metrics().isEmpty()
        && earlier instanceof RunFinished full) {
      return Optional.of(
          new RunFinished(
              now.subject(), now.status(), now.step(), full.metrics(), now.tags(), now.message()));
    }
    if (event instanceof SweepFinished now
        && now.metrics().isEmpty()
        && earlier instanceof SweepFinished full) {
      return Optional.of(
          new SweepFinished(now.subject(), now.status(), now.tags(), full.metrics()));
    }
    return Optional.of(event).filter(e -> status(e).isPresent());
  }

  /** A run that was killed goes on where it was; one that finished or failed begins anew. */
  boolean isResumable() {
    return end.flatMap(JournalPast::status).map(RunStatus.KILLED::equals).orElse(true);
  }

  /** What an event says that is not known yet. */
  Optional<RunEvent> news(RunEvent event) {
    Optional<Long> known = series(event).map(lastSteps::get);
    if (known.isPresent() && step(event) <= known.get()) {
      return Optional.empty();
    }
    return isResumable() || series(event).isPresent() ? Optional.of(event) : ofEnded(event);
  }

  /** Its steps are known; verdicts may be others, and a run that failed may finish this time. */
  private Optional<RunEvent> ofEnded(RunEvent event) {
    if (event instanceof RunStarted started) {
      return started.effort() == Effort.REPEATS
          ? Optional.of(new RunRepeated(started.subject(), started.run().sweep()))
          : Optional.empty();
    }
    boolean trial = first instanceof RunStarted started && started.run().sweep().isPresent();
    if (event instanceof ArtifactWritten) {
      return trial ? Optional.empty() : Optional.of(event);
    }
    if (status(event).isEmpty()) {
      return Optional.empty();
    }
    boolean same = status(event).equals(end.flatMap(JournalPast::status));
    return same && trial ? Optional.empty() : Optional.of(withoutKnownMetrics(event));
  }

  /** Sent again at another time, an equal value would be another point. */
  private RunEvent withoutKnownMetrics(RunEvent event) {
    if (event instanceof RunFinished now
        && end.orElse(event) instanceof RunFinished before
        && before.metrics().equals(now.metrics())) {
      return new RunFinished(
          now.subject(), now.status(), now.step(), Map.of(), now.tags(), now.message());
    }
    return event instanceof SweepFinished now
            && end.orElse(event) instanceof SweepFinished before
            && before.metrics().equals(now.metrics())
        ? new SweepFinished(now.subject(), now.status(), now.tags())
        : event;
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

  private static Optional<RunStatus> status(RunEvent event) {
    if (event instanceof RunFinished finished) {
      return Optional.of(finished.status());
    }
    return event instanceof SweepFinished finished
        ? Optional.of(finished.status())
        : Optional.empty();
  }
}
