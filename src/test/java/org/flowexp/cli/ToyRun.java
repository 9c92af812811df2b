package org.flowexp.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.flowexp.run.StopRequest;

/** A short version of {@code examples/resume.flowexp}, run in this process. */
final class ToyRun {
  private final Path directory;
  private final Map<String, String> more = new TreeMap<>();
  private String text;

  ToyRun(Path directory) throws IOException {
    this.directory = directory;
    this.text =
        Files.readString(Path.of("src/test/resources/examples/resume.flowexp"))
            .replace("2_000 steps", "150 steps")
            .replace("every = 500", "every = 50")
            .replace("width : int(4..256) = 32", "width : int(4..256) = 8")
            .replace("draw(4_000", "draw(2_500")
            .replace("on = 2_000", "on = 500");
  }

  /** With other words in its file. */
  ToyRun replacing(String words, String others) {
    if (!text.contains(words)) {
      throw new IllegalArgumentException("no `" + words + "` in the toy");
    }
    text = text.replace(words, others);
    return this;
  }

  /** With a variable in its environment. */
  ToyRun with(String variable, String value) {
    more.put(variable, value);
    return this;
  }

  Terminal.Answer run(Path cache, String... more) throws IOException {
    return run(cache, request -> {}, "run toy.flowexp", more);
  }

  /** A verb on the toy's file. */
  Terminal.Answer run(Path cache, Consumer<StopRequest> interrupts, String verb, String... options)
      throws IOException {
    Files.writeString(directory.resolve("toy.flowexp"), text);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> environment = new TreeMap<>();
    environment.put("MLFLOW_TRACKING_URI", "offline");
    environment.put("FLOWEXP_CACHE", cache.toString());
    environment.put("FLOWEXP_CHECKPOINT", "0");
    environment.put("FLOWEXP_THREADS", "1");
    environment.putAll(more);
    Host host =
        new Host(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Host.Screen(false, 100),
            environment,
            directory,
            directory,
            interrupts);
    int code =
        Main.run(Stream.concat(Stream.of(verb.split(" ")), Stream.of(options)).toList(), host);
    return new Terminal.Answer(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Stops a run once a checkpoint of so many steps is there; its answer. */
  Terminal.Answer stopAfter(long steps, Path cache) throws IOException {
    return run(
        cache,
        request -> {
          Thread watch =
              new Thread(
                  () -> {
                    while (RunProcess.newest(cache) < steps) {
                      LockSupport.parkNanos(1_000_000);
                    }
                    request.make();
                  });
          watch.setDaemon(true);
          watch.start();
        },
        "run toy.flowexp");
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path other = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(other);
        } else {
          Files.copy(file, other);
        }
      }
    }
  }

  /** Files below a folder whose path from there matches, in order. */
  static List<Path> files(Path folder, String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> folder.relativize(file).toString().matches(pattern))
          .sorted()
          .toList();
    }
  }
}
