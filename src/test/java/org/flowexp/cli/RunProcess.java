package org.flowexp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the program in a process of its own, and looks at what it leaves in its cache folder. */
final class RunProcess {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXPERIMENT =
      Path.of("src/test/resources/examples/resume.flowexp").toAbsolutePath();

  private final Path directory;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Path file = EXPERIMENT;
  private List<String> before = List.of();

  RunProcess(Path directory) {
    this.directory = directory;
    environment.put("FLOWEXP_CHECKPOINT", "0.01");
    environment.put("TF_CPP_MIN_LOG_LEVEL", "2");
    environment.put("MLFLOW_TRACKING_URI", "offline");
  }

  RunProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Another experiment than {@code examples/resume.flowexp}. */
  RunProcess of(Path other) {
    file = other.toAbsolutePath();
    return this;
  }

  /** A program that starts Java, for example {@code prlimit}. */
  RunProcess under(String... command) {
    before = List.of(command);
    return this;
  }

  /** {@code run} with these options; its output goes to {@code out}, its errors after others. */
  Process start(Path cache, String... more) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.flowexp.cli.Main", "run", file.toString()));
    command.addAll(List.of("--threads", "1", "--format", "json"));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("FLOWEXP_CACHE", cache.toString());
    return builder
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("err").toFile()))
        .start();
  }

  /** The exit code of a run from its beginning to its end. */
  int exit(Path cache, String... more) throws Exception {
    Process process = start(cache, more);
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("it does not end; " + errors());
    }
    return process.exitValue();
  }

  /** The runs of a command that succeeds. */
  JsonNode finish(Path cache, String... more) throws Exception {
    int code = exit(cache, more);
    if (code != ExitCode.OK) {
      throw new IllegalStateException("exit code " + code + "; " + errors());
    }
    return JSON.readTree(directory.resolve("out").toFile()).get("runs");
  }

  /** All that was said on standard error so far. */
  String errors() {
    try {
      return Files.readString(directory.resolve("err"));
    } catch (IOException missing) {
      return missing.toString();
    }
  }

  /** The newest checkpoint's step of the phase under way; a finished phase may still have some. */
  static long newest(Path cache) {
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
    } catch (IOException | UncheckedIOException notYet) {
      return -1;
    }
  }

  static long entries(Path cache, String kind) {
    try (Stream<Path> files = Files.list(cache.resolve("stages"))) {
      return files.filter(f -> f.getFileName().toString().startsWith(kind + "-")).count();
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** What a run leaves: its metrics and the checksum of its parameters, without times. */
  static Map<String, JsonNode> records(Path cache) throws IOException {
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

  /** The points in the journals, without times. */
  static Map<String, List<String>> points(Path cache) throws IOException {
    Map<String, List<String>> points = new TreeMap<>();
    try (Stream<Path> files = Files.list(cache.resolve("journal"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        List<String> lines =
            points.computeIfAbsent(file.getFileName().toString(), f -> new ArrayList<>());
        for (String line : Files.readAllLines(file)) {
          JsonNode event = JSON.readTree(line).path("event");
          // A run stopped or repeated says so without values.
          boolean empty = event.has("metrics") && event.path("metrics").isEmpty();
          if (event.has("step") && !empty) {
            lines.add(sorted(event));
          }
        }
      }
    }
    return points;
  }

  private static String sorted(JsonNode event) throws IOException {
    return JSON.writer()
        .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .writeValueAsString(JSON.convertValue(event, TreeMap.class));
  }
}
