package org.flowexp.execution;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowexp.run.StopRequest;
import org.flowexp.stage.FinishedRun;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.RunSource;
import org.flowexp.stage.StageStore;

/**
 * What sweeps find and leave.
 *
 * @param checkpointing of trainings under way, if a run may be resumed
 * @param finished where runs are recorded when they are over, if anywhere
 * @param source what the recorded runs were written in
 * @param messages told, a sentence each, what a person should know
 * @param stop the wish to end before all is done
 */
public record Workplace(
    StageStore store,
    Optional<Checkpointing> checkpointing,
    Optional<FinishedRuns> finished,
    Optional<RunSource> source,
    Consumer<String> messages,
    StopRequest stop) {
  /** Stages in a store, and nothing else. */
  public static Workplace of(StageStore store) {
    return new Workplace(
        store,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        message -> {},
        new StopRequest());
  }

  void keep(FinishedRun run) {
    try {
      if (finished.isPresent()) {
        finished.get().keep(run);
      }
    } catch (IOException failure) {
      messages.accept("warning: the record of `" + run.name() + "` cannot be kept: " + failure);
    }
  }
}
