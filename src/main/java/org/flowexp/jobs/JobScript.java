package org.flowexp.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The script of a cluster's jobs, and the program it starts. */
public final class JobScript {
  private static final String OURS = "flowexp.jar";

  private JobScript() {}

  /**
   * The same program with its own classes copied, a folder of them or {@code flowexp.jar}: what
   * waits in a queue is not changed by a build. Other archives stay where they are.
   */
  public static JavaProgram snapshot(JavaProgram program, Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    for (Path entry : program.classPath()) {
      if (Files.isDirectory(entry)) {
        Path copy = folder.resolve("program").resolve(Integer.toString(entries.size()));
        copy(entry, copy);
        entries.add(copy);
      } else if (entry.endsWith(OURS)) {
        Path copy = folder.resolve("program").resolve(OURS);
        Files.createDirectories(copy.getParent());
        Files.copy(entry, copy);
        entries.add(copy);
      } else {
        entries.add(entry);
      }
    }
    return program.on(entries);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Writes the script; its argument is a file with a unit a line. */
  public static void write(Path script, JavaProgram program, WorkFolder folder, String verb)
      throws IOException {
    String command =
        program.command(verb, folder.path().toString()).stream()
            .map(JobScript::quoted)
            .collect(Collectors.joining(" "));
    Files.writeString(
        script,
        """
        #!/bin/bash
        # Does the unit on the line of "$1" that the index of this task says.
        unit="$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" "$1")"
        exec %s --unit "$unit"
        """
            .formatted(command));
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
