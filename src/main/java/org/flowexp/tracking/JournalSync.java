package org.flowexp.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowexp.run.RunEvent.SweepStarted;

/** Sends journals that a tracker could not. */
public final class JournalSync {
  private final TrackingTarget target;
  private final Duration deadline;
  private final Consumer<String> messages;

  public JournalSync(TrackingTarget target, Duration deadline, Consumer<String> messages) {
    this.target = target;
    this.deadline = deadline;
    this.messages = messages;
  }

  /**
   * Sends all that is in {@code journal} and not acknowledged yet; journals of runs under way are
   * left to them.
   *
   * @throws TrackingUnavailable if the server cannot be reached; what was sent until then stays
   *     sent
   */
  public Report sync(Path journal) throws IOException {
    List<JournalFiles> pending = pendingIn(journal);
    List<TrackedRun> sent = new ArrayList<>();
    int skipped = 0;
    if (pending.isEmpty()) {
      return new Report(sent, skipped);
    }
    try (OpenTarget open = OpenTarget.open(target, deadline, messages)) {
      for (JournalFiles files : pending) {
        Optional<FileMutex> mutex = FileMutex.tryAcquire(files.lock());
        if (mutex.isEmpty()) {
          skipped++;
          continue;
        }
        try {
          open.sender()
              .send(files)
              .map(mark -> new TrackedRun(mark.experimentId(), mark.runId(), open.mlflow().uri()))
              .ifPresent(sent::add);
        } finally {
          mutex.get().close();
        }
      }
    }
    return new Report(sent, skipped);
  }

  /** Sweeps first, so that their trials find them. */
  private static List<JournalFiles> pendingIn(Path journal) throws IOException {
    List<JournalFiles> sweeps = new ArrayList<>();
    List<JournalFiles> trials = new ArrayList<>();
    for (JournalFiles files : JournalFiles.allIn(journal)) {
      Optional<JournalReader.Start> start = new JournalReader(files).start();
      if (start.isPresent() && !files.isComplete()) {
        (start.get().first().event() instanceof SweepStarted ? sweeps : trials).add(files);
      }
    }
    sweeps.sort(Comparator.comparing(JournalFiles::key));
    sweeps.addAll(trials);
    return sweeps;
  }

  /**
   * What a sync did.
   *
   * @param sent the runs that are now in MLflow as far as their journals go
   * @param underWay how many journals belong to runs still going on
   */
  public record Report(List<TrackedRun> sent, int underWay) {
    public Report {
      sent = List.copyOf(sent);
    }
  }
}
