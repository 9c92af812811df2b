package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that {@code package} writes, unpacked by the system's {@code tar}. */
class PackageTest {
  private static final Path EXPERIMENT =
      Path.of("src/test/resources/diagnostics/FX0201-unknown-name/fixed.flowexp");

  @TempDir private Path directory;

  /** What a command said, with these variables alone. */
  private String say(Path place, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path out = Files.createTempFile(directory, "said", ".txt");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "it hangs");
    assertEquals(0, process.exitValue(), Files.readString(out));
    return Files.readString(out);
  }

  @Test
  void theSystemsTarUnpacksWhatWePack() throws Exception {
    String folder = "a-folder-whose-name-is-long-enough-to-be-parted/".repeat(3);
    byte[] text = new byte[1_000];
    java.util.Arrays.fill(text, (byte) 'x');
    Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\n");
    assertTrue(script.toFile().setExecutable(true));
    Path file = directory.resolve("x.tar.gz");
    try (TarGz archive = new TarGz(file)) {
      archive.add("short", text);
      archive.add(folder + "long", text);
      archive.add("script", script);
    }
    Path into = Files.createDirectory(directory.resolve("into"));
    say(into, Map.of("PATH", "/usr/bin:/bin"), List.of("tar", "xf", file.toString()));
    assertArrayEquals(text, Files.readAllBytes(into.resolve("short")));
    assertArrayEquals(text, Files.readAllBytes(into.resolve(folder + "long")));
    assertTrue(Files.isExecutable(into.resolve("script")));
    assertTrue(!Files.isExecutable(into.resolve("short")));
  }

  @Test
  @Tag("slow")
  void anArchiveRunsWithAJdkAloneInAnEmptyHome() throws Exception {
    Path root = Path.of("").toAbsolutePath();
    String java = System.getProperty("java.home");
    String path = Files.readString(Path.of("target/runtime.classpath")).strip();
    List<String> command = new ArrayList<>(List.of(java + "/bin/java", "-cp"));
    command.add(root.resolve("target/classes") + ":" + path);
    command.addAll(List.of("org.flowexp.cli.Main", "package"));
    String said = say(directory, Map.of("FLOWEXP_ROOT", root.toString()), command);
    assertTrue(said.contains("flowexp.tar.gz: "), said);

    say(directory, Map.of("PATH", "/usr/bin:/bin"), List.of("tar", "xf", "flowexp.tar.gz"));
    Path home = Files.createDirectory(directory.resolve("home"));
    Path bare = Files.createDirectory(directory.resolve("bin"));
    for (String tool : List.of("bash", "env", "sed", "head", "tput", "dirname")) {
      Path found = Path.of("/usr/bin", tool);
      if (Files.exists(found)) {
        Files.createSymbolicLink(bare.resolve(tool), found);
      }
    }
    Files.copy(EXPERIMENT, directory.resolve("toy.flowexp"));
    Map<String, String> alone =
        Map.of(
            "PATH",
            bare.toString(),
            "JAVA_HOME",
            java,
            "HOME",
            home.toString(),
            "FLOWEXP_JAVA_OPTIONS",
            "-Duser.home=" + home);
    String ran =
        say(
            directory,
            alone,
            List.of(
                directory.resolve("flowexp/run-experiment").toString(),
                "toy.flowexp",
                "--offline",
                "--profile",
                "ci"));
    assertTrue(ran.contains("✓ held: samples are worth something"), ran);
    assertTrue(
        say(
                directory,
                alone,
                List.of(
                    directory.resolve("flowexp/run-experiment").toString(),
                    "check",
                    "flowexp/experiments/double_well_12d.flowexp"))
            .contains(": ok"));
  }
}
