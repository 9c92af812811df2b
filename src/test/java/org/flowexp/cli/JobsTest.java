package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arms in processes of their own, against arms in one. */
class JobsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter SORTED =
      JSON.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final String SWEEP =
      Path.of("src/test/resources/examples/small_sweep.flowexp").toAbsolutePath().toString();

  @TempDir private Path directory;

  private Terminal.Answer run(String folder, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", SWEEP, "--offline", "--threads", "2"));
    arguments.addAll(List.of(more));
    Path place = Files.createDirectories(directory.resolve(folder));
    return new Terminal(place).run(arguments.toArray(String[]::new));
  }

  private Path cache(String folder) {
    return directory.resolve(folder).resolve(".flowexp");
  }

  /** What finished runs leave, without times. */
  private Map<String, JsonNode> records(String folder) throws IOException {
    Map<String, JsonNode> records = new TreeMap<>();
    try (Stream<Path> files = Files.list(cache(folder).resolve("runs"))) {
      for (Path file : files.toList()) {
        ObjectNode record = (ObjectNode) JSON.readTree(file.toFile());
        record.remove("finished");
        records.put(file.getFileName().toString(), record);
      }
    }
    return records;
  }

  /** What is to be sent to MLflow: the events of each journal, sorted, without times. */
  private Map<String, List<String>> journals(String folder) throws IOException {
    Map<String, List<String>> journals = new TreeMap<>();
    try (Stream<Path> files = Files.list(cache(folder).resolve("journal"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
          JsonNode event = JSON.readTree(line).path("event");
          boolean timed = List.of("artifact", "run-noted").contains(event.path("event").asText());
          if (event.isObject() && !timed) {
            lines.add(SORTED.writeValueAsString(JSON.convertValue(event, Object.class)));
          }
        }
        journals.put(file.getFileName().toString(), lines.stream().sorted().toList());
      }
    }
    return journals;
  }

  private long stages(String folder, String kind) throws IOException {
    try (Stream<Path> files = Files.list(cache(folder).resolve("stages"))) {
      return files.filter(f -> f.getFileName().toString().startsWith(kind + "-")).count();
    }
  }

  @Test
  void twoProcessesGiveWhatOneGives() throws IOException {
    String[] options = {"--sweep", "losses", "--format", "json"};
    Terminal.Answer alone = run("alone", options);
    Terminal.Answer divided =
        run(
            "divided",
            Stream.concat(Arrays.stream(options), Stream.of("--jobs", "2")).toArray(String[]::new));
    assertEquals(ExitCode.OK, divided.code(), divided.err());
    assertEquals(JSON.readTree(alone.out()), JSON.readTree(divided.out()));
    assertEquals(records("alone"), records("divided"));
    assertEquals(6, records("divided").size());
    Map<String, List<String>> journals = journals("divided");
    assertEquals(7, journals.size(), "a parent and six trials");
    assertTrue(journals.values().stream().anyMatch(lines -> lines.size() > 20));
    assertEquals(journals("alone"), journals);
    assertEquals(2 + 6, stages("divided", "phase"));
    assertTrue(divided.err().contains("[shared] pretrain of 3 runs with seed=1"), divided.err());
    assertTrue(divided.err().contains("[6/6] "), divided.err());
    assertFalse(divided.err().contains("waiting for another process"), divided.err());
    try (Stream<Path> left = Files.list(cache("divided").resolve("work"))) {
      assertEquals(0, left.count());
    }
    Terminal.Answer again = run("divided", "--sweep", "losses", "--jobs", "2", "--format", "json");
    assertEquals(JSON.readTree(alone.out()), JSON.readTree(again.out()));
    assertFalse(again.err().contains("[shared]"), again.err());
  }

  @Test
  void anArmThatFailsLeavesTheOthers() throws IOException {
    Terminal.Answer answer = run("rates", "--sweep", "rates", "--jobs", "1", "--format", "json");
    assertEquals(ExitCode.RUNTIME, answer.code(), answer.err());
    assertTrue(answer.err().contains("phase `repair` diverged in step "), answer.err());
    assertEquals(List.of("failed", "finished", "finished"), statuses(answer));
    assertEquals(2, records("rates").size());

    Terminal.Answer fast =
        run("fast", "--sweep", "rates", "--jobs", "1", "--fail-fast", "--format", "json");
    assertEquals(ExitCode.RUNTIME, fast.code(), fast.err());
    assertEquals(List.of("failed", "killed", "killed"), statuses(fast));
  }

  private static List<String> statuses(Terminal.Answer answer) throws IOException {
    return JSON.readTree(answer.out()).findValues("status").stream()
        .flatMap(status -> status.properties().stream())
        .map(entry -> entry.getValue().asText())
        .toList();
  }

  @Test
  void aProcessThatIsKilledLosesItsArmAloneAndTheNextRunMakesIt() throws Exception {
    CompletableFuture<Terminal.Answer> running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run(
                    "killed", "--sweep", "losses", "--jobs", "2", "--set", "n_repair=1_000 steps");
              } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
              }
            });
    ProcessHandle worker = workerThatRepairs(running);
    worker.destroyForcibly();
    Terminal.Answer answer = running.get();
    assertEquals(ExitCode.RUNTIME, answer.code(), answer.err());
    assertTrue(answer.err().contains("its process was ended by signal 9"), answer.err());
    assertEquals(5, records("killed").size(), answer.err());

    Terminal.Answer again =
        run("killed", "--sweep", "losses", "--jobs", "2", "--set", "n_repair=1_000 steps");
    assertEquals(ExitCode.OK, again.code(), again.err());
    run("calm", "--sweep", "losses", "--set", "n_repair=1_000 steps");
    assertEquals(records("calm"), records("killed"));
  }

  /** A process of ours, once an arm is in its second phase. */
  private ProcessHandle workerThatRepairs(CompletableFuture<?> running) throws Exception {
    while (!running.isDone()) {
      String events = events();
      if (events.contains("\"repair\"") && events.contains("\"step\":11")) {
        List<ProcessHandle> workers =
            ProcessHandle.current()
                .descendants()
                .filter(
                    process ->
                        process.info().arguments().map(Arrays::asList).stream()
                            .anyMatch(words -> words.contains("work")))
                .toList();
        return workers.get(0);
      }
      Thread.sleep(20);
    }
    throw new AssertionError("ended before it could be killed: " + running.get());
  }

  private String events() {
    try (Stream<Path> files = Files.walk(cache("killed").resolve("work"))) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .map(JobsTest::text)
          .collect(Collectors.joining());
    } catch (IOException | java.io.UncheckedIOException notYet) {
      return "";
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }

  @Test
  void cardsGoRoundAmongProcesses() {
    Cards two = new Cards(List.of("4", "7"));
    assertEquals(
        List.of("4", "7", "4"),
        Stream.of(0, 1, 2).map(seat -> two.ofSeat(seat).orElseThrow()).toList());
    assertTrue(new Cards(List.of()).ofSeat(0).isEmpty());
  }

  @Test
  void aMisuseIsSaid() throws IOException {
    assertEquals(ExitCode.USAGE, run("x", "--jobs", "0").code());
    Terminal.Answer elsewhere = run("x", "--on", "pbs");
    assertEquals(ExitCode.USAGE, elsewhere.code());
    assertTrue(elsewhere.err().contains("expected local or slurm"), elsewhere.err());
    assertTrue(run("x", "--on", "slurm", "--jobs", "2").err().contains("the cluster does that"));
  }
}
