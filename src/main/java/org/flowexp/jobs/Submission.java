package org.flowexp.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What of a sweep is on a cluster, kept beside its work: {@code submitted.jsonl}, a line a job. */
public final class Submission {
  private static final int SHORT = 12;

  private final WorkFolder folder;

  /** In a folder of work, where something was submitted or not. */
  public Submission(WorkFolder folder) {
    this.folder = folder;
  }

  /**
   * An array.
   *
   * @param units that its tasks do, in order
   */
  public record Job(String id, List<Integer> units) {
    /** Copies the list. */
    public Job {
      units = List.copyOf(units);
    }
  }

  /** What its jobs are called, by the id of the sweep. */
  public static String jobName(String sweep) {
    return "flowexp-" + sweep.substring(0, SHORT);
  }

  /** Where a sweep's work on a cluster is, under the cache folder. */
  public static Path place(Path cache, String name, String sweep) {
    return cache.resolve("work").resolve("slurm-" + name + "-" + sweep.substring(0, SHORT));
  }

  /** All that are there under the cache folder, collected or not. */
  public static List<Submission> all(Path cache) throws IOException {
    List<Submission> found = new ArrayList<>();
    Path work = cache.resolve("work");
    if (Files.isDirectory(work)) {
      try (var folders = Files.list(work)) {
        folders
            .filter(path -> path.getFileName().toString().startsWith("slurm-"))
            .sorted()
            .map(path -> new Submission(new WorkFolder(path)))
            .filter(Submission::exists)
            .forEach(found::add);
      }
    }
    return found;
  }

  /** Its folder. */
  public WorkFolder folder() {
    return folder;
  }

  private Path file() {
    return folder.path().resolve("submitted.jsonl");
  }

  private Path mark() {
    return folder.path().resolve("collected");
  }

  /** Whether anything was submitted. */
  public boolean exists() {
    return Files.exists(file());
  }

  /** Whether nobody waits for its results any more. */
  public boolean isCollected() {
    return Files.exists(mark());
  }

  /** Notes that nobody waits for its results any more. */
  public void collect() throws IOException {
    Files.writeString(mark(), "");
  }

  void add(Job job) throws IOException {
    Files.write(
        file(),
        (WorkJson.MAPPER.writeValueAsString(job) + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** In the order they were submitted. */
  public List<Job> jobs() throws IOException {
    List<Job> jobs = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file())) {
        jobs.add(WorkJson.MAPPER.readValue(line, Job.class));
      }
    } catch (NoSuchFileException none) {
      return jobs;
    }
    return jobs;
  }
}
