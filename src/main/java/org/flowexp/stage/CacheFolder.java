package org.flowexp.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kept stages as things that take room. */
public final class CacheFolder {
  private final Path stages;

  /** In the cache folder of the settings. */
  public CacheFolder(Path cache) {
    this.stages = FinishedRuns.stages(cache);
  }

  /**
   * One kept stage.
   *
   * @param bytes on disk
   * @param used when it was last read or made
   */
  public record Item(StageEntry stage, long bytes, Instant made, Instant used) {
    /** {@code phase-3f2a…}: what its folder is called. */
    public String id() {
      return stage.kind() + "-" + stage.key();
    }
  }

  /** All that are whole enough to be told, the longest unused first. */
  public List<Item> items() throws IOException {
    List<Item> items = new ArrayList<>();
    for (StageEntry stage : new DiskStore(stages, message -> {}).entries()) {
      item(stage).ifPresent(items::add);
    }
    items.sort(Comparator.comparing(Item::used).thenComparing(Item::id));
    return items;
  }

  /** Empty if it was removed meanwhile. */
  private static Optional<Item> item(StageEntry stage) throws IOException {
    try (Stream<Path> files = Files.list(stage.folder())) {
      long bytes = 0;
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
      FileTime made = Files.getLastModifiedTime(stage.folder().resolve(StageEntry.RESULT));
      return Optional.of(new Item(stage, bytes, made.toInstant(), stage.used().toInstant()));
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    }
  }

  /** Removes a stage, unless a process is making it or another removes it: then false. */
  public boolean remove(Item item) throws IOException {
    Optional<KeyLock> lock = KeyLock.tryAcquire(stages.resolve("locks").resolve(item.id()));
    if (lock.isEmpty()) {
      return false;
    }
    try {
      item.stage().delete();
      return true;
    } finally {
      lock.get().close();
    }
  }
}
