package org.flowexp.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.flowexp.execution.Checkpointing;
import org.flowexp.execution.Workplace;
import org.flowexp.run.StopRequest;
import org.flowexp.stage.DiskStore;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.MemoryStore;
import org.flowexp.stage.RunSource;

/** From the settings to the cache folder's stages, checkpoints and records. */
final class Workplaces {
  /** A run keeps more than that at least. */
  private static final int PROBE = 1 << 16;

  private Workplaces() {}

  /**
   * Says beforehand what a training of hours would end with.
   *
   * @throws RunFailure if nothing can be written into the cache folder
   */
  static void requireWritable(Settings settings) throws RunFailure {
    Path cache = settings.folder(Setting.CACHE);
    Path probe = cache.resolve(".probe-" + UUID.randomUUID());
    try {
      Files.createDirectories(cache);
      Files.write(probe, new byte[PROBE]);
      Files.delete(probe);
    } catch (IOException reason) {
      throw new RunFailure(
          "[FX0700]: the cache folder "
              + cache
              + " ("
              + settings.value(Setting.CACHE).origin()
              + ") cannot be written: "
              + reason
              + "; nothing was run\n   = help: set FLOWEXP_CACHE, or `cache` in"
              + " flowexp.properties, to a folder of yours on a disk with room",
          reason);
    }
  }

  static Workplace of(
      Settings settings, RunSource source, StopRequest stop, Consumer<String> messages) {
    Path cache = settings.folder(Setting.CACHE);
    double seconds = Double.parseDouble(settings.text(Setting.CHECKPOINT));
    return new Workplace(
        new MemoryStore(new DiskStore(FinishedRuns.stages(cache), messages, stop)),
        Optional.of(
            new Checkpointing(
                cache.resolve("checkpoints"), Duration.ofNanos(Math.round(seconds * 1e9)))),
        Optional.of(new FinishedRuns(cache)),
        Optional.of(source),
        messages,
        stop);
  }
}
