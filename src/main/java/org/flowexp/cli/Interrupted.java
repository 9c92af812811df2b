package org.flowexp.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;

/** A run that was ended from outside; what is kept of it, in one sentence. */
final class Interrupted extends RunFailure {
  private static final long serialVersionUID = 1;

  private Interrupted(String message) {
    super(message);
  }

  static Interrupted of(List<RunRecord> runs, Path cache) {
    long finished = count(runs, RunStatus.FINISHED);
    long failed = count(runs, RunStatus.FAILED);
    return new Interrupted(
        "interrupted with %d of %d runs finished%s; finished stages, and trainings up to their last step, are kept in %s"
            .formatted(
                finished, runs.size(), failed == 0 ? "" : " and " + failed + " failed", cache));
  }

  static Interrupted between(Path cache) {
    return new Interrupted("interrupted between two sweeps; what is finished is kept in " + cache);
  }

  static Interrupted leaving(String sweep) {
    return new Interrupted(
        "the jobs of `%s` go on on Slurm; `status` shows them, `cancel %s` ends them"
            .formatted(sweep, sweep));
  }

  private static long count(List<RunRecord> runs, RunStatus status) {
    return runs.stream().filter(run -> run.status() == status).count();
  }

  /** The command that goes on. */
  static String again(List<String> arguments) {
    return arguments.stream()
        .map(Interrupted::quoted)
        .collect(Collectors.joining(" ", "./run-experiment ", ""));
  }

  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_./:=,@%+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
