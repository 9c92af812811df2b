package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed and started again, against one that never was; each in its own process. */
class KilledRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXPERIMENT =
      Path.of("src/test/resources/examples/resume.flowexp").toAbsolutePath();
  private static final int PRETRAIN = 2_000;

  @TempDir private Path directory;

  private Process start(Path cache, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.flowexp.cli.Main", "run", EXPERIMENT.toString()));
    command.addAll(List.of("--offline", "--threads", "1", "--format", "json"));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("FLOWEXP_CACHE", cache.toString());
    builder.environment().put("FLOWEXP_CHECKPOINT", "0.01");
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    return builder
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("err").toFile()))
        .start();
  }

  private JsonNode finish(Path cache) throws Exception {
    Process process = start(cache);
    assertTrue(process.waitFor(5, TimeUnit.MINUTES));
    assertEquals(ExitCode.OK, process.exitValue(), () -> read("err"));
    return JSON.readTree(directory.resolve("out").toFile()).get("runs");
  }

  private String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException missing) {
      return missing.toString();
    }
  }

  private static void killWhen(BooleanSupplier moment, Process process) throws Exception {
    while (process.isAlive() && !moment.getAsBoolean()) {
      Thread.sleep(2);
    }
    assertTrue(process.isAlive(), "ended before it could be killed");
    process.destroyForcibly().waitFor();
  }

  /** The newest checkpoint's step of the phase under way; a finished phase may still have some. */
  private static long newest(Path cache) {
    try (Stream<Path> files = Files.walk(cache.resolve("checkpoints"))) {
      return files
          .filter(
              file ->
                  Files.notExists(cache.resolve("stages").resolve(file.getParent().getFileName())))
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("step-\\d+\\.checkpoint"))
          .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
          .max()
          .orElse(-1);
    } catch (IOException | java.io.UncheckedIOException notYet) {
      return -1;
    }
  }

  private static long entries(Path cache, String kind) {
    try (Stream<Path> files = Files.list(cache.resolve("stages"))) {
      return files.filter(f -> f.getFileName().toString().startsWith(kind + "-")).count();
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** What a run leaves: its metrics and the checksum of its parameters, without times. */
  private static Map<String, JsonNode> records(Path cache) throws IOException {
    Map<String, JsonNode> records = new TreeMap<>();
    try (Stream<Path> files = Files.list(cache.resolve("runs"))) {
      for (Path file : files.toList()) {
        ObjectNode record = (ObjectNode) JSON.readTree(file.toFile());
        record.remove("finished");
        records.put(file.getFileName().toString(), record);
      }
    }
    return records;
  }

  /** The points in the journals: each once, without times. */
  private static Map<String, List<String>> points(Path cache) throws IOException {
    Map<String, List<String>> points = new TreeMap<>();
    try (Stream<Path> files = Files.list(cache.resolve("journal"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        List<String> lines =
            points.computeIfAbsent(file.getFileName().toString(), f -> new ArrayList<>());
        for (String line : Files.readAllLines(file)) {
          JsonNode event = JSON.readTree(line).path("event");
          if (event.has("step")) {
            lines.add(sorted(event));
          }
        }
      }
    }
    return points;
  }

  private static String sorted(JsonNode event) throws IOException {
    return JSON.writer()
        .with(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .writeValueAsString(JSON.convertValue(event, TreeMap.class));
  }

  private void assertSame(Path calm, Path killed) throws IOException {
    assertEquals(records(calm), records(killed));
    Map<String, List<String>> expected = points(calm);
    assertTrue(expected.values().stream().anyMatch(lines -> lines.size() > 70), "no points");
    assertEquals(expected, points(killed));
  }

  @Test
  void aRunKilledInEachOfItsStagesEndsAsIfItHadNotBeen() throws Exception {
    Path calm = directory.resolve("calm");
    Path killed = directory.resolve("killed");
    JsonNode expected = finish(calm);

    Process inPretraining = start(killed);
    killWhen(() -> newest(killed) > PRETRAIN / 10, inPretraining);
    assertEquals(0, entries(killed, "phase"));
    Process inRepair = start(killed);
    killWhen(() -> entries(killed, "phase") == 1 && newest(killed) > PRETRAIN / 10, inRepair);
    damageNewest(killed);
    JsonNode resumed = finish(killed);

    assertEquals(expected, resumed);
    assertSame(calm, killed);
    assertTrue(read("err").contains("goes on after step"), read("err"));
    assertTrue(read("err").contains("is refused: "), read("err"));
    try (Stream<Path> left = Files.list(killed.resolve("checkpoints"))) {
      assertEquals(0, left.count(), "checkpoints of finished phases are removed");
    }
  }

  /** As a disk that lost the end of a file would. */
  private static void damageNewest(Path cache) throws IOException {
    String name = "step-%012d.checkpoint".formatted(newest(cache));
    try (Stream<Path> files = Files.walk(cache.resolve("checkpoints"))) {
      Path file = files.filter(f -> f.endsWith(name)).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    }
  }

  @Test
  @Tag("slow")
  void atTwentyMomentsOfChanceItIsTheSame() throws Exception {
    Path calm = directory.resolve("calm");
    long begin = System.nanoTime();
    finish(calm);
    long nanos = System.nanoTime() - begin;
    SplittableRandom random = new SplittableRandom(20);
    Path killed = directory.resolve("killed");
    for (int i = 0; i < 20; i++) {
      Process process = start(killed);
      boolean ended = process.waitFor((long) (random.nextDouble() * nanos), TimeUnit.NANOSECONDS);
      process.destroyForcibly().waitFor();
      if (ended) {
        finish(killed);
        assertSame(calm, killed);
        killed = directory.resolve("killed" + i);
      }
    }
    finish(killed);
    assertSame(calm, killed);
  }
}
