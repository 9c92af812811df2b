package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Python programs of slow tests, with packages from PyPI in an environment made for the test. */
final class PythonTools {
  private PythonTools() {}

  /** What the program says, which has to end well. */
  static String run(Path folder, List<String> packages, Path program, String... arguments)
      throws IOException, InterruptedException {
    Path environment = folder.resolve("python");
    if (!Files.isDirectory(environment)) {
      said(folder, List.of("python3", "-m", "venv", environment.toString()));
      List<String> install = new ArrayList<>();
      install.add(environment.resolve("bin/pip").toString());
      install.addAll(List.of("install", "-q"));
      install.addAll(packages);
      said(folder, install);
    }
    List<String> command = new ArrayList<>();
    command.add(environment.resolve("bin/python").toString());
    command.add(program.toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    return said(folder, command);
  }

  private static String said(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
