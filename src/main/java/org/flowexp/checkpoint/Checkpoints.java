package org.flowexp.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The last states of one training under way, {@code <folder>/step-<n>.checkpoint}: the newest, and
 * the one before it in case the newest is damaged. One process at a time writes them.
 */
public final class Checkpoints {
  private static final int KEPT = 2;
  private static final String SUFFIX = ".checkpoint";
  private static final String KEY = "key";

  private final Path folder;
  private final String key;

  /**
   * In a folder of their own.
   *
   * @param key of what is trained: a checkpoint of anything else is refused
   */
  public Checkpoints(Path folder, String key) {
    this.folder = folder;
    this.key = key;
  }

  /** Keeps a state, and no more than one before it. */
  public void save(long step, Archive state) throws IOException {
    Files.createDirectories(folder);
    Archive whole = new Archive.Builder().text(KEY, key).all("state/", state).build();
    SealedFile.write(folder.resolve("step-%012d%s".formatted(step, SUFFIX)), whole);
    for (Path old : newestFirst().stream().skip(KEPT).toList()) {
      Files.deleteIfExists(old);
    }
  }

  /**
   * Reads a state.
   *
   * @param <S> what it is read as
   */
  public interface Reader<S> {
    /** Refuses what it cannot use. */
    S read(Archive state) throws Refusal;
  }

  /**
   * The newest state that can be used.
   *
   * @param refused told, a sentence each, of those that cannot
   */
  public <S> Optional<S> latest(Reader<S> reader, Consumer<String> refused) throws IOException {
    for (Path file : newestFirst()) {
      try {
        Archive whole = SealedFile.read(file);
        if (!whole.text(KEY).equals(key)) {
          throw new Refusal("it belongs to another training");
        }
        return Optional.of(reader.read(whole.part("state/")));
      } catch (Refusal reason) {
        refused.accept("the checkpoint " + file + " is refused: " + reason.getMessage());
        setAside(file);
      }
    }
    return Optional.empty();
  }

  /** Else it would count as one of the newest, and push out good ones. */
  private static void setAside(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".refused");
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes them all: what was trained is finished. */
  public void clear() throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    }
  }

  private List<Path> newestFirst() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("step-\\d{12}\\" + SUFFIX))
          .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed())
          .toList();
    }
  }
}
