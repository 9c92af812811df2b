package org.flowexp.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flowexp.checkpoint.Refusal;
import org.flowexp.run.StopRequest;

/**
 * Keeps stages in a folder, each in one of its own, for any number of processes. What is there is
 * checked before it is used: a damaged result is set aside and made again. A folder that cannot be
 * written is a warning, not the end of a run.
 */
public final class DiskStore implements StageStore {
  private final Path folder;
  private final Consumer<String> messages;
  private final StopRequest stop;

  /**
   * In a folder, which is made when it is first needed.
   *
   * @param messages told, a sentence each, what was refused, waited for, or could not be kept
   */
  public DiskStore(Path folder, Consumer<String> messages) {
    this(folder, messages, new StopRequest());
  }

  /** The same, where waiting for another process may be ended. */
  public DiskStore(Path folder, Consumer<String> messages, StopRequest stop) {
    this.folder = folder;
    this.messages = messages;
    this.stop = stop;
  }

  @Override
  public <T> Kept<T> get(Stage<T> stage, Supplier<T> work) {
    if (stage.form().isEmpty()) {
      return new Kept<>(work.get(), Kept.Origin.RUN);
    }
    Optional<T> found = find(stage);
    if (found.isPresent()) {
      return new Kept<>(found.get(), Kept.Origin.CACHED);
    }
    Optional<KeyLock> lock = lock(stage);
    try {
      Optional<T> meanwhile = lock.isPresent() ? find(stage) : Optional.empty();
      return meanwhile.isPresent()
          ? new Kept<>(meanwhile.get(), Kept.Origin.CACHED)
          : run(stage, work);
    } finally {
      lock.ifPresent(this::release);
    }
  }

  private <T> Kept<T> run(Stage<T> stage, Supplier<T> work) {
    long begin = System.nanoTime();
    T result = work.get();
    double seconds = (System.nanoTime() - begin) * 1e-9;
    if (!stage.form().orElseThrow().isKept(result)) {
      return new Kept<>(result, Kept.Origin.RUN_UNKEPT);
    }
    try {
      Files.createDirectories(folder);
      StageEntry.write(path(stage), stage, result, seconds);
      return new Kept<>(result, Kept.Origin.RUN);
    } catch (IOException failure) {
      messages.accept(
          "warning: the result of "
              + stage.shown()
              + " cannot be kept ("
              + failure
              + "); the run goes on with it in memory, and what is in "
              + folder
              + " stays as it is");
      return new Kept<>(result, Kept.Origin.RUN_UNKEPT);
    }
  }

  private <T> Optional<T> find(Stage<T> stage) {
    try {
      Optional<StageEntry> entry = StageEntry.find(path(stage));
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      Optional<T> result = Optional.of(entry.get().read(stage)).filter(stage.suffices());
      entry.get().touch();
      return result;
    } catch (Refusal reason) {
      refuse(stage, reason);
      return Optional.empty();
    }
  }

  private void refuse(Stage<?> stage, Refusal reason) {
    String said = "the kept " + stage.shown() + " is refused: " + reason.getMessage();
    Path entry = path(stage);
    Path aside = folder.resolve(stage.id() + ".refused-" + System.currentTimeMillis());
    try {
      Files.move(entry, aside);
      messages.accept(said + "; it is set aside as " + aside.getFileName() + " and run again");
    } catch (IOException stays) {
      messages.accept(said + "; it is run again (and cannot be set aside: " + stays + ")");
    }
  }

  /** Empty, with a warning, where files cannot be locked: then two processes may do the same. */
  private Optional<KeyLock> lock(Stage<?> stage) {
    try {
      return Optional.of(
          KeyLock.acquire(
              folder.resolve("locks").resolve(stage.id()),
              () -> messages.accept("waiting for another process that runs " + stage.shown()),
              stop));
    } catch (IOException failure) {
      messages.accept("warning: " + folder + " cannot be locked (" + failure + ")");
      return Optional.empty();
    }
  }

  private void release(KeyLock lock) {
    try {
      lock.close();
    } catch (IOException failure) {
      messages.accept("warning: a lock in " + folder + " cannot be released: " + failure);
    }
  }

  @Override
  public boolean holds(Stage<?> stage) {
    return stage.form().isPresent() && Files.isDirectory(path(stage));
  }

  /** Why a result cannot be used; empty if it can, or if there is none. */
  public <T> Optional<String> refusal(Stage<T> stage) {
    try {
      Optional<StageEntry> entry = StageEntry.find(path(stage));
      if (entry.isPresent()) {
        entry.get().read(stage);
      }
      return Optional.empty();
    } catch (Refusal reason) {
      return Optional.of(reason.getMessage());
    }
  }

  /** What is kept, without the results; what is damaged is left out. */
  public List<StageEntry> entries() {
    List<StageEntry> entries = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return entries;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(DiskStore::isEntry).sorted().toList()) {
        entry(file).ifPresent(entries::add);
      }
    } catch (IOException unreadable) {
      messages.accept("warning: " + folder + " cannot be read: " + unreadable);
    }
    return entries;
  }

  private static Optional<StageEntry> entry(Path folder) {
    try {
      return StageEntry.find(folder);
    } catch (Refusal damaged) {
      return Optional.empty();
    }
  }

  private static boolean isEntry(Path path) {
    return path.getFileName().toString().matches("[a-z]+-[0-9a-f]{64}");
  }

  private Path path(Stage<?> stage) {
    return folder.resolve(stage.id());
  }
}
