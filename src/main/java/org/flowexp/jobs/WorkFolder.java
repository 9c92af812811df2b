package org.flowexp.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowexp.checkpoint.SealedFile;

/**
 * The folder over which processes share a sweep's work: {@code order.json}, for each unit its
 * {@code events}, a file an attempt, and its {@code results}, and {@code logs}.
 */
public record WorkFolder(Path path) {
  private static final Pattern RESULT = Pattern.compile("(\\d+)\\.json");
  private static final Pattern EVENTS = Pattern.compile("(\\d+)\\.(\\d+)\\.jsonl");

  /** Makes a folder and writes the order into it. */
  public static WorkFolder create(Path path, WorkOrder order) throws IOException {
    WorkFolder folder = new WorkFolder(path);
    for (Path part : List.of(folder.events(), folder.results(), folder.logs())) {
      Files.createDirectories(part);
    }
    SealedFile.replace(folder.orderFile(), WorkJson.MAPPER.writeValueAsBytes(order));
    return folder;
  }

  private Path orderFile() {
    return path.resolve("order.json");
  }

  private Path events() {
    return path.resolve("events");
  }

  private Path results() {
    return path.resolve("results");
  }

  /** What processes print. */
  public Path logs() {
    return path.resolve("logs");
  }

  /** What is to be done. */
  public WorkOrder order() throws IOException {
    return WorkJson.MAPPER.readValue(orderFile().toFile(), WorkOrder.class);
  }

  /** Begins to write of a unit; an earlier attempt at it stays. */
  public EventLog begin(int unit) throws IOException {
    return new EventLog(events(unit, lastAttempt(unit) + 1));
  }

  /** The last attempt at a unit that was begun, from 0; -1 if there was none. */
  int lastAttempt(int unit) {
    int next = 0;
    while (Files.exists(events(unit, next))) {
      next++;
    }
    return next - 1;
  }

  Path events(int unit, int attempt) {
    return events().resolve(unit + "." + attempt + ".jsonl");
  }

  /** The last attempt at each unit that was begun, from 0. */
  NavigableMap<Integer, Integer> attempts() throws IOException {
    NavigableMap<Integer, Integer> attempts = new TreeMap<>();
    try (Stream<Path> files = Files.list(events())) {
      files.forEach(
          file -> {
            Matcher name = EVENTS.matcher(file.getFileName().toString());
            if (name.matches()) {
              attempts.merge(
                  Integer.valueOf(name.group(1)), Integer.valueOf(name.group(2)), Math::max);
            }
          });
    }
    return attempts;
  }

  private Path result(int unit) {
    return results().resolve(unit + ".json");
  }

  /** Says that a unit is over. */
  public void end(UnitResult result) throws IOException {
    SealedFile.replace(result(result.unit()), WorkJson.MAPPER.writeValueAsBytes(result));
  }

  /** Empty for a unit that is not over, or whose process died. */
  Optional<UnitResult> ended(int unit) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(result(unit));
      return Optional.of(WorkJson.MAPPER.readValue(bytes, UnitResult.class));
    } catch (NoSuchFileException notYet) {
      return Optional.empty();
    }
  }

  /** The units that are over. */
  public Set<Integer> endedUnits() throws IOException {
    Set<Integer> units = new TreeSet<>();
    try (Stream<Path> files = Files.list(results())) {
      files
          .map(file -> RESULT.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .forEach(name -> units.add(Integer.valueOf(name.group(1))));
    }
    return units;
  }

  /** Removes it. */
  public void delete() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException already) {
      return;
    }
  }
}
