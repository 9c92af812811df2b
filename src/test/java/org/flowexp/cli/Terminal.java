package org.flowexp.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs command lines as a person would, in a folder, and keeps what is said. */
public record Terminal(Path folder, Map<String, String> environment) {
  public Terminal {
    environment = Map.copyOf(environment);
  }

  /** Without variables in its environment. */
  public Terminal(Path folder) {
    this(folder, Map.of());
  }

  /** Without MLflow. */
  static Terminal offline(Path folder) {
    return new Terminal(folder, Map.of("MLFLOW_TRACKING_URI", "offline"));
  }

  /** What a command line answered. */
  public record Answer(int code, String out, String err) {}

  /** One command line, without the program's name. */
  public Answer run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Host host =
        new Host(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Host.Screen(false, 80),
            environment,
            folder,
            folder);
    int code = Main.run(List.of(arguments), host);
    return new Answer(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
