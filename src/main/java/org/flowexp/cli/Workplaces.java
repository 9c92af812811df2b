package org.flowexp.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowexp.execution.Checkpointing;
import org.flowexp.execution.Workplace;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.MemoryStore;
import org.flowexp.stage.RunSource;

/** From the settings to the cache folder's stages, checkpoints and records. */
final class Workplaces {
  private Workplaces() {}

  static Workplace of(Settings settings, RunSource source, Consumer<String> messages) {
    Path cache = settings.folder(Setting.CACHE);
    double seconds = Double.parseDouble(settings.text(Setting.CHECKPOINT));
    return new Workplace(
        new MemoryStore(new DiskStore(FinishedRuns.stages(cache), messages)),
        Optional.of(
            new Checkpointing(
                cache.resolve("checkpoints"), Duration.ofNanos(Math.round(seconds * 1e9)))),
        Optional.of(new FinishedRuns(cache)),
        Optional.of(source),
        messages);
  }
}
