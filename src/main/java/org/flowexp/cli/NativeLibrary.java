package org.flowexp.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowexp.jobs.JavaProgram;
import org.flowexp.model.Canonical;

/**
 * TensorFlow's native library, unpacked on the shared disk. JavaCPP unpacks it, 680 MB, where it
 * does not find it; jobs that start at once on several machines would do so together, under a lock
 * that not every shared disk has. So it is unpacked before the first job is submitted.
 */
record NativeLibrary(Path folder) {
  private static final String OPTION = "-Dorg.bytedeco.javacpp.cachedir=";

  /** The program, looking where the library is; it is unpacked if it is not there. */
  JavaProgram unpacked(JavaProgram program, Host host) throws RunFailure, IOException {
    if (program.options().stream().anyMatch(option -> option.startsWith(OPTION))) {
      return program;
    }
    List<String> archives =
        program.classPath().stream()
            .map(entry -> entry.getFileName().toString())
            .filter(name -> name.startsWith("tensorflow"))
            .sorted()
            .toList();
    Path place = folder.resolve(Canonical.sha256(archives.toString()).substring(0, 12));
    JavaProgram placed = program.with(OPTION + place);
    Path mark = place.resolve("complete");
    if (!Files.exists(mark)) {
      Files.createDirectories(place);
      host.err().println("unpacking TensorFlow's library into " + place + " ...");
      unpack(placed, host);
      Files.writeString(mark, String.join("\n", archives) + "\n");
    }
    return placed;
  }

  private static void unpack(JavaProgram program, Host host) throws RunFailure, IOException {
    Process process =
        new ProcessBuilder(program.command(WorkVerb.NAME, "--unpack"))
            .directory(host.directory().toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new RunFailure("TensorFlow's library cannot be unpacked: " + said.strip());
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new RunFailure("interrupted while TensorFlow's library was unpacked", interrupt);
    }
  }
}
