package org.flowexp.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.flowexp.model.PhaseModel;
import org.flowexp.model.SweepModel;
import org.flowexp.run.RunEvent;
import org.flowexp.run.RunListener;
import org.flowexp.run.RunStatus;
import org.flowexp.statistics.Spread;

/**
 * Shows on standard error how far a sweep is: one line that is rewritten if a person watches, else
 * a line at each phase, evaluation and end.
 */
final class Progress implements RunListener {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int BAR = 20;
  private static final int SHARED = 0;

  private final PrintStream err;
  private final Host.Screen screen;
  private final int arms;
  private final long stepsOfAll;
  private final long stepsOfArm;
  private final long begin = System.nanoTime();
  private final Map<String, Running> running = new HashMap<>();
  private final Map<String, Running> shared = new HashMap<>();
  private int started;
  private long stepsOfFinished;
  private long reusedByFinished;
  private long lastDrawn;
  private boolean drawn;

  Progress(Host host, SweepModel sweep) {
    this.err = host.err();
    this.screen = host.screen();
    this.arms = sweep.arms().size();
    this.stepsOfAll =
        sweep.arms().stream()
            .flatMap(arm -> arm.experiment().phases().stream())
            .mapToLong(PhaseModel::steps)
            .sum();
    this.stepsOfArm = stepsOfAll / Math.max(1, arms);
  }

  private static final class Running {
    private final int number;
    private final String name;
    private long step;
    private long reused;
    private String loss = "";
    private String ess = "";
    private String phase = "";

    Running(int number, String name) {
      this.number = number;
      this.name = name;
    }
  }

  @Override
  public synchronized void accept(RunEvent event) {
    if (event instanceof RunEvent.RunStarted start) {
      started++;
      Running run = new Running(started, start.run().name());
      running.put(event.subject(), run);
      say(run, "started" + timeLeft().map(left -> ", " + left).orElse(""));
      return;
    }
    Running run = running.get(event.subject());
    if (run != null) {
      note(run, event);
    }
  }

  /** Hears of stages that arms share, made before them: they are shown, and are no arm. */
  RunListener shared() {
    return new RunListener() {
      @Override
      public void accept(RunEvent event) {
        acceptShared(event);
      }

      @Override
      public void close() {
        // The arms are still to come.
      }
    };
  }

  private synchronized void acceptShared(RunEvent event) {
    if (event instanceof RunEvent.RunStarted start) {
      Running run = new Running(SHARED, start.run().name());
      shared.put(event.subject(), run);
      say(run, "started");
    } else if (event instanceof RunEvent.RunFinished) {
      shared.remove(event.subject());
    } else if (shared.containsKey(event.subject())) {
      note(shared.get(event.subject()), event);
    }
  }

  private void note(Running run, RunEvent event) {
    if (event instanceof RunEvent.StageReused reused) {
      run.reused += reused.steps();
      run.phase = reused.stage();
      say(run, reused.stage() + ": " + reused.how());
    } else if (event instanceof RunEvent.PhaseStarted phase) {
      boolean said = run.phase.equals(phase.phase());
      run.phase = phase.phase();
      if (!said) {
        say(run, phase.phase() + ", " + phase.steps() + " steps");
      }
    } else if (event instanceof RunEvent.StepLogged step) {
      run.phase = step.phase();
      run.step = step.step();
      run.loss = value(step.values(), "loss").orElse(run.loss);
      redraw(run);
    } else if (event instanceof RunEvent.Evaluated evaluated) {
      run.step = evaluated.step();
      run.ess = value(evaluated.values(), "ess").orElse(run.ess);
      say(run, "after step " + evaluated.step() + ": " + figures(evaluated.values()));
    } else if (event instanceof RunEvent.RunFinished finished) {
      running.remove(event.subject());
      stepsOfFinished += stepsOfArm;
      reusedByFinished += run.reused;
      String why = finished.message().map(message -> ": " + message).orElse("");
      say(run, finished.status().name().toLowerCase(java.util.Locale.ROOT) + why);
      if (screen.interactive() && finished.status() == RunStatus.FAILED) {
        clear();
        err.println(head(run) + "failed" + why);
      }
    }
  }

  private static Optional<String> value(Map<String, Double> values, String name) {
    return Optional.ofNullable(values.get(name)).map(value -> name + " " + Spread.figure(value));
  }

  private static String figures(Map<String, Double> values) {
    List<String> texts = new ArrayList<>();
    new TreeMap<>(values)
        .forEach(
            (name, value) -> texts.add(name + " " + Spread.figure(Objects.requireNonNull(value))));
    return String.join(", ", texts);
  }

  private void say(Running run, String what) {
    if (screen.interactive()) {
      lastDrawn = 0;
      redraw(run);
    } else {
      err.println(head(run) + what);
    }
  }

  private String head(Running run) {
    return "[" + place(run) + "] " + run.name + ": ";
  }

  private String place(Running run) {
    return run.number == SHARED ? "shared" : run.number + "/" + arms;
  }

  private void redraw(Running run) {
    long now = System.nanoTime();
    if (!screen.interactive() || now - lastDrawn < REDRAW_NANOS) {
      return;
    }
    lastDrawn = now;
    List<String> parts = new ArrayList<>();
    parts.add(place(run) + " " + run.name);
    parts.add(run.phase + " " + run.step + "/" + stepsOfArm);
    parts.add(run.loss);
    parts.add(run.ess);
    parts.add(timeLeft().orElse(""));
    parts.removeIf(String::isBlank);
    String line = bar() + " " + String.join(" · ", parts);
    int most = Math.max(20, screen.columns() - 1);
    err.print("\r\u001B[K" + (line.length() > most ? line.substring(0, most - 1) + "…" : line));
    err.flush();
    drawn = true;
  }

  private String bar() {
    int full = (int) Math.min(BAR, BAR * stepsDone() / Math.max(1, stepsOfAll));
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }

  private long stepsDone() {
    return stepsOfFinished + running.values().stream().mapToLong(run -> run.step).sum();
  }

  /** From the pace so far; nothing before there is one. */
  private Optional<String> timeLeft() {
    long done = stepsDone();
    long reused = reusedByFinished + running.values().stream().mapToLong(r -> r.reused).sum();
    if (done <= reused) {
      return Optional.empty();
    }
    double pace = (double) (System.nanoTime() - begin) / (done - reused);
    double nanos = pace * Math.max(0, stepsOfAll - done);
    return Optional.of("about " + duration(Duration.ofNanos((long) nanos)) + " left");
  }

  static String duration(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  private void clear() {
    if (drawn) {
      err.print("\r\u001B[K");
      err.flush();
    }
  }

  @Override
  public synchronized void close() {
    clear();
  }
}
