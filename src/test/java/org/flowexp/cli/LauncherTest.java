package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launchers, as far as they can be tried where there is neither Windows nor a Mac. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path SHELL = Path.of("run-experiment");
  private static final Path WINDOWS = Path.of("run-experiment.cmd");

  /** What Bash has had since version 4, and a Mac's 3.2 does not know. */
  private static final Pattern NEWER_THAN_3_2 =
      Pattern.compile(
          "\\b(mapfile|readarray|coproc)\\b|declare -[Ag]|local -n|\\$\\{\\w+(\\^|,)|\\|&|&>>"
              + "|\\[\\[ -v |\\bsort -V|readlink -f|realpath|sed -i |date -d|stat -c");

  @TempDir private Path folder;

  private record Answer(int code, String text) {}

  private static Answer launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  private Path program(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  @Test
  void nothingIsNewerThanTheShellOfAMac() throws IOException {
    String text = Files.readString(SHELL);
    assertFalse(NEWER_THAN_3_2.matcher(text).find(), text);
    assertTrue(NEWER_THAN_3_2.matcher("path=\"$(readlink -f \"$0\")\"").find());
    assertTrue(NEWER_THAN_3_2.matcher("echo ${word^^}").find());
  }

  @Test
  void aJavaThatDoesNotAnswerIsSaid() throws Exception {
    Files.createDirectories(folder.resolve("bin"));
    program("bin/java", "echo 'Unable to locate a Java Runtime.' >&2; exit 1");
    Answer answer =
        launch(Map.of("JAVA_HOME", folder.toString()), SHELL.toAbsolutePath().toString(), "-h");
    assertEquals(ExitCode.RUNTIME, answer.code(), answer.text());
    assertTrue(answer.text().contains("install a JDK 17"), answer.text());
  }

  @Test
  void anOldJavaIsSaid() throws Exception {
    Files.createDirectories(folder.resolve("bin"));
    program("bin/java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    Answer answer =
        launch(Map.of("JAVA_HOME", folder.toString()), SHELL.toAbsolutePath().toString(), "-h");
    assertEquals(ExitCode.RUNTIME, answer.code(), answer.text());
    assertTrue(answer.text().contains("version 11"), answer.text());
  }

  @Test
  void aMissingJavaIsSaidWithTheCommandOfTheSystem() throws Exception {
    program("uname", "echo Darwin");
    Answer answer =
        launch(
            Map.of("JAVA_HOME", "/nowhere", "PATH", folder + ":/usr/bin:/bin"),
            SHELL.toAbsolutePath().toString());
    assertEquals(ExitCode.RUNTIME, answer.code(), answer.text());
    assertTrue(answer.text().contains("brew install"), answer.text());
  }

  @Test
  void theVersionIsReadWhereTheJdkHasWrittenIt() throws Exception {
    Files.createDirectories(folder.resolve("bin"));
    program("bin/java", "echo 'openjdk version \"17.0.2\" 2022-01-18' >&2");
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    Answer answer =
        launch(Map.of("JAVA_HOME", folder.toString()), SHELL.toAbsolutePath().toString(), "-h");
    assertEquals(ExitCode.RUNTIME, answer.code(), answer.text());
    assertTrue(answer.text().contains("version 11"), answer.text());
  }

  @Test
  void bothLaunchersStartTheSameProgramTheSameWay() throws IOException {
    String shell = Files.readString(SHELL);
    String windows = Files.readString(WINDOWS);
    // Windows starts without the classes that are kept: nobody has tried it there.
    Set<String> kept =
        Set.of("-XX:SharedArchiveFile=", "-XX:ArchiveClassesAtExit=", "-Xlog:cds=off");
    Set<String> alike = options(shell);
    assertTrue(alike.containsAll(kept), alike.toString());
    alike.removeAll(kept);
    alike.removeAll(Set.of("-Xlog:cds+dynamic=off", "-Xshare:on", "-XX:+VerifySharedSpaces"));
    assertEquals(alike, options(windows));
    assertFalse(options(shell).equals(options(windows.replace("-XX:+UseSerialGC", ""))));
    for (String shared :
        Set.of("org.flowexp.cli.Main", "-DskipTests process-classes", "FLOWEXP_JAVA_OPTIONS")) {
      assertTrue(shell.contains(shared) && windows.contains(shared), shared);
    }
    assertFalse(windows.replace("\r\n", "").contains("\n"), "lines end as Windows has it");
  }

  /** The launcher in a folder of its own, built already, with a card's library; Java only tells. */
  private Answer withCard(Map<String, String> environment, String... arguments) throws Exception {
    Path root = folder.resolve("project");
    if (!Files.exists(root)) {
      Files.createDirectories(root.resolve("grammar"));
      Files.createDirectories(root.resolve("src/main"));
      Files.createDirectories(root.resolve("target/classes"));
      Files.createDirectories(folder.resolve("bin"));
      Files.writeString(root.resolve("pom.xml"), "");
      Files.copy(SHELL, root.resolve("run-experiment"));
      Path card = Files.createFile(folder.resolve("native-linux-gpu.jar"));
      Files.writeString(root.resolve("target/gpu.launch"), card + "\n/a/lib:/b/lib\n/a/nvcc\n");
      Files.writeString(
          root.resolve("target/runtime.classpath"), folder.resolve("native-linux.jar").toString());
      Files.createFile(root.resolve("target/launcher.stamp"));
      Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"17.0.2\"\n");
      program(
          "bin/java",
          "echo \"tf32=$NVIDIA_TF32_OVERRIDE path=$LD_LIBRARY_PATH xla=$XLA_FLAGS $*\"");
    }
    Map<String, String> all = new TreeMap<>(environment);
    all.put("JAVA_HOME", folder.toString());
    all.put("HOME", folder.toString());
    return launch(all, command(root, arguments));
  }

  private static String[] command(Path root, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\""));
    command.add(root.toString());
    command.add("./run-experiment");
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  @Test
  void aCardThatIsAskedForGetsItsLibraries() throws Exception {
    for (Answer answer :
        List.of(
            withCard(Map.of(), "x.flowexp", "--device", "gpu"),
            withCard(Map.of(), "x.flowexp", "--device=gpu:1"),
            withCard(Map.of("FLOWEXP_DEVICE", "gpu"), "x.flowexp"))) {
      assertTrue(answer.text().contains("tf32=0 path=/a/lib:/b/lib"), answer.text());
      assertTrue(answer.text().contains("platform.extension=-gpu"), answer.text());
      assertTrue(answer.text().contains("native-linux-gpu.jar"), answer.text());
      assertTrue(answer.text().contains("cuda_data_dir=/a/nvcc"), answer.text());
    }
    Answer tf32 = withCard(Map.of(), "x.flowexp", "--device", "gpu", "--tf32");
    assertTrue(tf32.text().contains("tf32= path=/a/lib"), tf32.text());
  }

  @Test
  void withoutACardNothingIsDifferent() throws Exception {
    for (Answer answer :
        List.of(
            withCard(Map.of(), "x.flowexp"),
            withCard(Map.of("FLOWEXP_DEVICE", "gpu"), "x.flowexp", "--device", "cpu"))) {
      assertTrue(answer.text().startsWith("tf32= path= xla= "), answer.text());
      assertFalse(answer.text().contains("gpu.jar"), answer.text());
    }
  }

  @Test
  void aCardMayBeAskedForInTheFilesOfSettings() throws Exception {
    withCard(Map.of(), "x.flowexp");
    Path file = folder.resolve("project/flowexp.properties");
    Files.writeString(file, "# device = cpu\ntf32 = on\ndevice = gpu\n");
    Answer answer = withCard(Map.of(), "x.flowexp");
    assertTrue(answer.text().contains("tf32= path=/a/lib:/b/lib"), answer.text());
    Files.writeString(folder.resolve("project/target/runtime.classpath"), "/native-2-linux.jar");
    Answer old = withCard(Map.of(), "x.flowexp");
    assertEquals(ExitCode.RUNTIME, old.code(), old.text());
    assertTrue(old.text().contains("doctor --install-gpu"), old.text());
  }

  private static Set<String> options(String launcher) {
    Set<String> options = new TreeSet<>();
    String program = launcher.replaceAll("(?m)^ *# .*$", "");
    Pattern.compile("-X[\\w:+=]+").matcher(program).results().forEach(m -> options.add(m.group()));
    return options;
  }
}
