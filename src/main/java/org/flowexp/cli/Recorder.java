package org.flowexp.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunIdentity;
import org.flowexp.run.RunListener;
import org.flowexp.run.RunStatus;

/**
 * Passes the events of a sweep on, and adds what runs do not know: their sweep, the file they come
 * from, and the verdicts, which are known only after the last step. The last event of a run without
 * a sweep waits for them.
 */
final class Recorder implements RunListener {
  private static final String TEXT = "text/plain";

  private final RunListener target;
  private final Optional<String> sweep;
  private final Path source;
  private final String sourceName;
  private final Map<String, Path> resolved;
  private final Map<String, Long> steps = new LinkedHashMap<>();
  private final Map<String, RunEvent.RunFinished> held = new HashMap<>();
  private boolean closed;

  /**
   * @param sweep the id of the declared sweep
   * @param source the experiment's file
   * @param resolved what a run is in full, by the hash among its tags
   */
  Recorder(RunListener target, Optional<String> sweep, Path source, Map<String, Path> resolved) {
    this.target = target;
    this.sweep = sweep;
    this.source = source;
    this.resolved = Map.copyOf(resolved);
    this.sourceName = "source/" + Checking.stem(source.toString()) + ".flowexp.txt";
  }

  /** The first event of the sweep, if it is one. */
  synchronized void begin(String name, String description, RunEvent.Effort effort) {
    if (sweep.isPresent() && !closed) {
      String id = sweep.get();
      target.accept(new RunEvent.SweepStarted(id, name, Map.of(), Map.of(), description, effort));
      target.accept(new RunEvent.ArtifactWritten(id, sourceName, source, TEXT));
    }
  }

  @Override
  public synchronized void accept(RunEvent event) {
    if (closed) {
      return;
    }
    if (event instanceof RunEvent.RunStarted start) {
      started(start);
    } else if (event instanceof RunEvent.RunFinished finished) {
      RunEvent.RunFinished last = ofKilled(finished, steps.remove(event.subject()));
      if (sweep.isPresent()) {
        target.accept(last);
      } else {
        held.put(event.subject(), last);
      }
    } else {
      note(event);
      target.accept(event);
    }
  }

  /** A run that was stopped ends where it is. */
  private static RunEvent.RunFinished ofKilled(RunEvent.RunFinished last, Long step) {
    return last.status() != RunStatus.KILLED || step == null
        ? last
        : new RunEvent.RunFinished(
            last.subject(), last.status(), step, last.metrics(), last.tags(), last.message());
  }

  private void started(RunEvent.RunStarted start) {
    RunIdentity run = start.run();
    String id = run.id();
    steps.put(id, 0L);
    target.accept(new RunEvent.RunStarted(ofSweep(run), start.effort()));
    target.accept(new RunEvent.ArtifactWritten(id, sourceName, source, TEXT));
    Optional.ofNullable(run.tags().get("hash"))
        .map(resolved::get)
        .ifPresent(
            file -> target.accept(new RunEvent.ArtifactWritten(id, "resolved.txt", file, TEXT)));
  }

  private void note(RunEvent event) {
    if (event instanceof RunEvent.StepLogged step) {
      steps.put(step.subject(), step.step());
    } else if (event instanceof RunEvent.Evaluated evaluated) {
      steps.put(evaluated.subject(), evaluated.step());
    }
  }

  private RunIdentity ofSweep(RunIdentity run) {
    return new RunIdentity(
        run.id(), run.name(), run.experiment(), sweep.or(run::sweep), run.params(), run.tags());
  }

  /**
   * The last events, with the verdicts.
   *
   * @param summary the table of the arms, by the name to keep it under
   * @param metrics of the arms
   */
  synchronized void end(
      Map<String, Path> summary,
      RunStatus status,
      Map<String, String> tags,
      Map<String, Double> metrics) {
    if (closed) {
      return;
    }
    for (RunEvent.RunFinished last : held.values()) {
      artifacts(last.subject(), summary);
      Map<String, String> all = new HashMap<>(last.tags());
      all.putAll(tags);
      target.accept(
          new RunEvent.RunFinished(
              last.subject(), last.status(), last.step(), last.metrics(), all, last.message()));
    }
    held.clear();
    if (sweep.isPresent()) {
      artifacts(sweep.get(), summary);
      target.accept(new RunEvent.SweepFinished(sweep.get(), status, tags, metrics));
    }
  }

  private void artifacts(String subject, Map<String, Path> summary) {
    summary.forEach(
        (name, file) ->
            target.accept(
                new RunEvent.ArtifactWritten(
                    subject, name, file, name.endsWith(".md") ? "text/markdown" : "text/csv")));
  }

  /** Ends what is under way, from outside; no event comes after it. */
  synchronized void interrupt() {
    if (closed) {
      return;
    }
    closed = true;
    held.values().forEach(target::accept);
    steps.forEach(
        (run, step) ->
            target.accept(
                new RunEvent.RunFinished(
                    run, RunStatus.KILLED, step, Map.of(), Map.of(), Optional.of("interrupted"))));
    sweep.ifPresent(
        id -> target.accept(new RunEvent.SweepFinished(id, RunStatus.KILLED, Map.of())));
    target.close();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      target.close();
    }
  }
}
