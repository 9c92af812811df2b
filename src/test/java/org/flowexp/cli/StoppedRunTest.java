package org.flowexp.cli;

import static org.flowexp.cli.RunProcess.newest;
import static org.flowexp.cli.RunProcess.points;
import static org.flowexp.cli.RunProcess.records;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C and SIGTERM, sent to real processes. */
class StoppedRunTest {
  private static final String RARE = "600";

  @TempDir private Path directory;

  /** Under a shell's {@code &} SIGINT would be ignored from the start. */
  private RunProcess program() {
    return new RunProcess(directory)
        .under("env", "--default-signal=INT,TERM")
        .with("FLOWEXP_CHECKPOINT", RARE);
  }

  private static void send(String signal, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits until a step was logged, so that a training is under way. */
  private static void awaitSteps(Path cache, long lines, Process process) throws Exception {
    while (process.isAlive() && logged(cache) < lines) {
      Thread.sleep(5);
    }
    assertTrue(process.isAlive(), "ended too soon");
  }

  private static long logged(Path cache) {
    try {
      return points(cache).values().stream().mapToLong(List::size).sum();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private static List<String> statuses(Path cache) throws IOException {
    List<String> statuses = new ArrayList<>();
    try (Stream<Path> files = Files.list(cache.resolve("journal"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode event = RunProcess.JSON.readTree(line).path("event");
          if (event.has("status")) {
            statuses.add(event.path("status").asText());
          }
        }
      }
    }
    return statuses;
  }

  @Test
  void theFirstSignalSavesTheLastStepAndTheSameCommandGoesOn() throws Exception {
    Path calm = directory.resolve("calm");
    program().finish(calm);
    Path stopped = directory.resolve("stopped");
    for (String signal : List.of("INT", "TERM")) {
      long earlier = logged(stopped);
      Process process = program().start(stopped);
      awaitSteps(stopped, earlier + 40, process);
      long before = newest(stopped);
      send(signal, process);
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it does not end");
      assertEquals(ExitCode.INTERRUPTED, process.exitValue(), program().errors());
      assertTrue(newest(stopped) > 0 && newest(stopped) != before, "nothing was saved");
    }
    String errors = program().errors();
    assertTrue(errors.contains("interrupted with 0 of 1 runs finished"), errors);
    assertTrue(errors.contains("are kept in " + stopped), errors);
    assertTrue(errors.contains("go on with: ./run-experiment run "), errors);
    assertTrue(errors.contains("resume.flowexp --threads 1 --format json"), errors);
    assertEquals(List.of("KILLED", "KILLED"), statuses(stopped));

    program().finish(stopped);
    assertTrue(program().errors().contains("goes on after step"), program().errors());
    assertEquals(records(calm), records(stopped));
    assertEquals(points(calm), points(stopped));
    assertEquals(List.of("KILLED", "KILLED", "FINISHED"), statuses(stopped));
    Faults.record(
        "SIGINT and SIGTERM",
        new Faults.Count(2, 2, 0),
        "the step finished and saved, KILLED in the journal, exit code 130; gone on with to the bits of an undisturbed run");
  }

  @Test
  void theSecondSignalEndsAtOnce() throws Exception {
    Path cache = directory.resolve("cache");
    Process process = program().start(cache);
    awaitSteps(cache, 10, process);
    send("STOP", process); // else it may end by the first alone
    send("INT", process);
    send("TERM", process);
    send("CONT", process);
    assertTrue(process.waitFor(5, TimeUnit.SECONDS), "it does not end");
    assertEquals(ExitCode.INTERRUPTED, process.exitValue());
    assertFalse(program().errors().contains("go on with"), "no time for words");
    Faults.record(
        "a second signal", new Faults.Count(1, 1, 0), "ended at once, like kill -9; exit code 130");
  }
}
