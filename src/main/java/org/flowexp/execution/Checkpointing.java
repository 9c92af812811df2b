package org.flowexp.execution;

import java.nio.file.Path;
import java.time.Duration;
import org.flowexp.checkpoint.Checkpoints;
import org.flowexp.stage.Stage;

/**
 * Where the states of trainings under way are kept, and how often.
 *
 * @param every at least so long between two states of a training
 */
public record Checkpointing(Path folder, Duration every) {
  Checkpoints of(Stage<?> stage) {
    return new Checkpoints(folder.resolve(stage.id()), stage.key());
  }
}
