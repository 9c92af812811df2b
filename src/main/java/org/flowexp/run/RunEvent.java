package org.flowexp.run;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened to a run or to a sweep.
 *
 * <p>A run has one axis of steps: its phases are laid end to end, so steps increase from the first
 * phase to the last.
 */
public sealed interface RunEvent {
  /** The id of the run or sweep this event is about. */
  String subject();

  /** Whether anything is left to do. */
  enum Effort {
    /** Something has to be run. */
    WORKS,
    /** All stages are kept from before: it gives what it gave then. */
    REPEATS
  }

  /** The first event of a run, also when it is resumed. */
  record RunStarted(RunIdentity run, Effort effort) implements RunEvent {
    public RunStarted {
      requireNonNull(run);
      effort = Objects.requireNonNullElse(effort, Effort.WORKS);
    }

    /** Of a run that has something to do. */
    public RunStarted(RunIdentity run) {
      this(run, Effort.WORKS);
    }

    @Override
    public String subject() {
      return run.id();
    }
  }

  /**
   * A run that is tracked already was asked for again, and gives what it gave.
   *
   * @param sweep the id of the sweep that asked for it
   */
  record RunRepeated(String subject, Optional<String> sweep) implements RunEvent {
    public RunRepeated {
      requireNonNull(subject);
      requireNonNull(sweep);
    }
  }

  /**
   * Words about a run that are known only now.
   *
   * @param tags no part of its results
   */
  record RunNoted(String subject, Map<String, String> tags) implements RunEvent {
    public RunNoted {
      requireNonNull(subject);
      tags = Map.copyOf(tags);
    }
  }

  /**
   * A phase of training begins.
   *
   * @param steps how many steps the phase takes at most
   */
  record PhaseStarted(String subject, String phase, long steps) implements RunEvent {
    public PhaseStarted {
      requireNonNull(subject);
      requireNonNull(phase);
    }
  }

  /**
   * A stage, or its beginning, is there from before and is not run again. What it logged is told
   * all the same.
   *
   * @param how {@code cached}, {@code shared}, or where it goes on
   * @param steps of training that are saved
   */
  record StageReused(String subject, String stage, String how, long steps) implements RunEvent {
    public StageReused {
      requireNonNull(subject);
      requireNonNull(stage);
      requireNonNull(how);
    }
  }

  /** Values of one training step. */
  record StepLogged(String subject, String phase, long step, Map<String, Double> values)
      implements RunEvent {
    public StepLogged {
      requireNonNull(subject);
      requireNonNull(phase);
      values = Map.copyOf(values);
    }
  }

  /**
   * Metrics measured on the flow as it is after {@code step} steps.
   *
   * @param stage what was evaluated, for example the phase just finished
   */
  record Evaluated(String subject, String stage, long step, Map<String, Double> values)
      implements RunEvent {
    public Evaluated {
      requireNonNull(subject);
      requireNonNull(stage);
      values = Map.copyOf(values);
    }
  }

  /**
   * A file worth keeping beside the run or the sweep. A listener reads the file before {@link
   * RunListener#accept} returns, or copies it.
   *
   * @param name the name to keep it under: relative, with {@code /} between folders
   * @param mediaType for example {@code image/png}
   */
  record ArtifactWritten(String subject, String name, Path file, String mediaType)
      implements RunEvent {
    public ArtifactWritten {
      requireNonNull(subject);
      requireNonNull(file);
      requireNonNull(mediaType);
      Path relative = Path.of(name);
      if (name.isBlank()
          || name.contains("\\")
          || relative.isAbsolute()
          || !relative.normalize().equals(relative)
          || relative.startsWith("..")) {
        throw new IllegalArgumentException("not a relative name: '" + name + "'");
      }
    }
  }

  /**
   * The last event of a run.
   *
   * @param step where the axis of steps ended
   * @param metrics the values that describe the run as a whole
   * @param tags verdicts and other words known only now
   * @param message why it did not finish
   */
  record RunFinished(
      String subject,
      RunStatus status,
      long step,
      Map<String, Double> metrics,
      Map<String, String> tags,
      Optional<String> message)
      implements RunEvent {
    public RunFinished {
      requireNonNull(subject);
      requireNonNull(status);
      requireNonNull(message);
      metrics = Map.copyOf(metrics);
      tags = Map.copyOf(tags);
    }
  }

  /**
   * A sweep begins; its trials name it in {@link RunIdentity#sweep()}.
   *
   * @param sharedParams the parameters equal in all trials; those that vary belong to the trials
   *     alone
   * @param description a note in Markdown
   */
  record SweepStarted(
      String subject,
      String name,
      Map<String, String> sharedParams,
      Map<String, String> tags,
      String description,
      Effort effort)
      implements RunEvent {
    public SweepStarted {
      requireNonNull(name);
      requireNonNull(description);
      if (subject.isBlank()) {
        throw new IllegalArgumentException("a sweep needs an id");
      }
      sharedParams = Map.copyOf(sharedParams);
      tags = Map.copyOf(tags);
      effort = Objects.requireNonNullElse(effort, Effort.WORKS);
    }

    /** Of a sweep that has something to do. */
    public SweepStarted(
        String subject,
        String name,
        Map<String, String> sharedParams,
        Map<String, String> tags,
        String description) {
      this(subject, name, sharedParams, tags, description, Effort.WORKS);
    }
  }

  /**
   * The last event of a sweep.
   *
   * @param tags verdicts and other words known only now
   * @param metrics of its arms, {@code l2/ess_mean}; journals of earlier versions have none
   */
  record SweepFinished(
      String subject, RunStatus status, Map<String, String> tags, Map<String, Double> metrics)
      implements RunEvent {
    public SweepFinished {
      requireNonNull(subject);
      requireNonNull(status);
      tags = Map.copyOf(tags);
      metrics = Map.copyOf(Objects.requireNonNullElse(metrics, Map.of()));
    }

    /** Of a sweep whose arms have nothing to sum up. */
    public SweepFinished(String subject, RunStatus status, Map<String, String> tags) {
      this(subject, status, tags, Map.of());
    }
  }
}
