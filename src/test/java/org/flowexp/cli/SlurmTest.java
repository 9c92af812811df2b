package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps on a real Slurm of this one machine, which {@code src/test/slurm/cluster.sh} starts;
 * skipped where it cannot. What it did is written to {@code target/slurm.md}.
 */
@Tag("slow")
class SlurmTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final Path SCRIPT = Path.of("src/test/slurm/cluster.sh").toAbsolutePath();
  private static final String SWEEP =
      Path.of("src/test/resources/examples/small_sweep.flowexp").toAbsolutePath().toString();
  private static final List<String> NOTE = new ArrayList<>();

  @TempDir private static Path cluster;
  @TempDir private static Path tools;
  @TempDir private Path directory;

  @BeforeAll
  static void startSlurm() throws Exception {
    Said said = say(List.of(SCRIPT.toString(), "start", cluster.toString()), Map.of());
    Assumptions.assumeTrue(said.code == 0, said.text);
    NOTE.add("# Sweeps on a Slurm of one machine");
    NOTE.add("\nWritten by `SlurmTest` (`mvn -Pslow -Dtest=SlurmTest test`).\n");
    note("`sbatch --version`", slurm("sbatch", "--version"));
    note("`sinfo`", slurm("sinfo"));
  }

  @AfterAll
  static void stopSlurm() throws Exception {
    if (!NOTE.isEmpty()) {
      Files.writeString(Path.of("target/slurm.md"), String.join("\n", NOTE) + "\n");
    }
    say(List.of(SCRIPT.toString(), "stop", cluster.toString()), Map.of());
  }

  private static void note(String title, String text) {
    String told =
        text.lines()
            .filter(line -> !line.contains(": after step "))
            .map(
                line ->
                    line.replace(SWEEP, "small_sweep.flowexp").replaceAll("/[^ ]*/logs/", "logs/"))
            .collect(Collectors.joining("\n"));
    NOTE.add("\n" + title + "\n\n```\n" + told.strip() + "\n```");
  }

  /** What a command said, and its exit code. */
  private record Said(int code, String text) {}

  private static Said say(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    // The daemons keep standard output open: it is a file.
    Path out = Files.createTempFile("said", ".txt");
    Process process = builder.redirectOutput(out.toFile()).start();
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), () -> "it hangs: " + command);
    String text = Files.readString(out);
    Files.delete(out);
    return new Said(process.exitValue(), text);
  }

  private static Map<String, String> environment() {
    return Map.of("SLURM_CONF", cluster.resolve("slurm.conf").toString());
  }

  private static String slurm(String... command) throws Exception {
    Said said = say(List.of(command), environment());
    assertEquals(0, said.code, said.text);
    return said.text;
  }

  /** A launcher under way. */
  private record Launcher(Process process, Path out, Path err) {
    String err(Object ignored) {
      try {
        return Files.readString(err);
      } catch (IOException missing) {
        return "";
      }
    }
  }

  private Launcher launch(String folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // One library for all of these tests: it takes 680 MB.
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + tools.resolve("native"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.flowexp.cli.Main");
    command.addAll(List.of(arguments));
    Path place = Files.createDirectories(directory.resolve(folder));
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
    builder.environment().putAll(environment());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.environment().put("FLOWEXP_CHECKPOINT", "0.2");
    builder.environment().put("MLFLOW_TRACKING_URI", "offline");
    return new Launcher(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  private Launcher sweep(String folder, String steps, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("run", SWEEP, "--sweep", "losses", "--format", "json"));
    arguments.addAll(List.of("--set", "n_repair=" + steps + " steps"));
    arguments.addAll(List.of(more));
    return launch(folder, arguments.toArray(String[]::new));
  }

  private static JsonNode finish(Launcher launcher, int code) throws Exception {
    assertTrue(
        launcher.process.waitFor(10, TimeUnit.MINUTES), () -> "it hangs: " + launcher.err(""));
    assertEquals(code, launcher.process.exitValue(), Files.readString(launcher.err));
    String text = Files.readString(launcher.out);
    return text.isBlank() ? JSON.nullNode() : JSON.readTree(text);
  }

  private static void await(BooleanSupplier moment, Launcher launcher) throws Exception {
    while (launcher.process.isAlive() && !moment.getAsBoolean()) {
      Thread.sleep(100);
    }
    assertTrue(launcher.process.isAlive(), () -> "ended too early: " + launcher.err(""));
  }

  /** What finished runs leave, without times. */
  private Map<String, JsonNode> records(String folder) throws IOException {
    Map<String, JsonNode> records = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(folder + "/.flowexp/runs"))) {
      for (Path file : files.toList()) {
        ObjectNode record = (ObjectNode) JSON.readTree(file.toFile());
        record.remove("finished");
        records.put(file.getFileName().toString(), record);
      }
    }
    return records;
  }

  /** The points of each journal, without times, and the ends but those of a launcher that left. */
  private Map<String, List<String>> points(String folder) throws IOException {
    Map<String, List<String>> points = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(folder + "/.flowexp/journal"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        List<String> lines =
            points.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>());
        for (String line : Files.readAllLines(file)) {
          JsonNode event = JSON.readTree(line).path("event");
          String kind = event.path("event").asText();
          boolean left = event.path("status").asText().equals("KILLED");
          if (!left && List.of("step", "evaluated", "run-finished").contains(kind)) {
            lines.add(JSON.writeValueAsString(JSON.convertValue(event, TreeMap.class)));
          }
        }
        lines.sort(null);
      }
    }
    return points;
  }

  private void assertSame(String calm, String other) throws IOException {
    assertEquals(records(calm), records(other));
    assertEquals(points(calm), points(other));
    assertTrue(points(calm).values().stream().anyMatch(lines -> lines.size() > 20));
  }

  private static String jobs() throws Exception {
    return slurm(
        "squeue", "--states=all", "--array", "--format=%.6F %.3K %.12j %.10P %.10T %.6M %r");
  }

  @Test
  void aSweepGivesWhatOneProcessGives() throws Exception {
    JsonNode calm = finish(sweep("calm", "100"), ExitCode.OK);
    Launcher launcher = sweep("slurm", "100", "--on", "slurm");
    await(() -> launcher.err("").contains("[1/6]"), launcher);
    Launcher status = launch("slurm", "status");
    finish(launch("slurm", "status", "--format", "json"), ExitCode.OK);
    status.process.waitFor();
    String standing = Files.readString(status.out);
    assertTrue(standing.startsWith("losses ("), standing);
    assertTrue(standing.contains(" over\n"), standing);
    assertEquals(calm, finish(launcher, ExitCode.OK));
    assertSame("calm", "slurm");
    NOTE.add("\n## A sweep of six runs, the same bits as in one process");
    note("`status` on the way", standing);
    note("`squeue` at its end", jobs());
    note("standard error of the launcher", Files.readString(launcher.err));
    try (Stream<Path> left = Files.list(directory.resolve("slurm/.flowexp/work"))) {
      assertTrue(left.allMatch(path -> path.toString().endsWith(".lock")));
    }
    Launcher again = sweep("slurm", "100", "--on", "slurm");
    assertEquals(calm, finish(again, ExitCode.OK));
    assertFalse(again.err("").contains("submitting"), again.err(""));
  }

  @Test
  void jobsThatArePreemptedGoOnAndTheLauncherMayLeaveAndComeBack() throws Exception {
    JsonNode calm = finish(sweep("calm", "1_000"), ExitCode.OK);
    Launcher launcher = sweep("slurm", "1_000", "--on", "slurm");
    await(() -> launcher.err("").contains("repair, 1000 steps"), launcher);
    Thread.sleep(500);
    String preempting =
        slurm(
                "sbatch",
                "--parsable",
                "--partition=high",
                "--cpus-per-task=2",
                "--output=/dev/null",
                "--wrap=sleep 5")
            .strip();
    await(() -> isRequeued(), launcher);
    String during = jobs();
    launcher.process.destroy();
    finish(launcher, ExitCode.INTERRUPTED);
    // Slurm lets jobs that it sent back rest for two minutes.
    for (String job :
        slurm("squeue", "--noheader", "--array", "--states=PENDING", "--format=%F_%K %r")
            .lines()
            .filter(line -> line.contains("BeginTime"))
            .map(line -> line.split(" ", -1)[0])
            .toList()) {
      slurm("scontrol", "update", "jobid=" + job, "StartTime=now");
    }
    assertTrue(launcher.err("").contains("the jobs of `losses` go on"), launcher.err(""));

    Launcher back = sweep("slurm", "1_000", "--on", "slurm");
    assertEquals(calm, finish(back, ExitCode.OK));
    assertTrue(back.err("").contains("watching what was submitted before"), back.err(""));
    assertTrue(back.err("").contains("goes on after step"), back.err(""));
    assertSame("calm", "slurm");
    NOTE.add(
        "\n## Two runs preempted by job " + preempting + ", the launcher ended and started again");
    note("`squeue` when they were back in the queue", during);
    note("the launcher that left", Files.readString(launcher.err));
    note("the launcher that came back", Files.readString(back.err));
  }

  private static boolean isRequeued() {
    try {
      return slurm("squeue", "--noheader", "--states=PENDING", "--format=%r").contains("BeginTime");
    } catch (Exception refused) {
      throw new AssertionError(refused);
    }
  }

  @Test
  void whatIsCancelledEndsAndWhatDiesLosesItsArmAlone() throws Exception {
    Launcher launcher = sweep("cancelled", "20_000", "--on", "slurm");
    await(() -> launcher.err("").contains("repair, 20000 steps"), launcher);
    Launcher cancel = launch("cancelled", "cancel", "losses");
    finish(launch("cancelled", "cancel", "nothing"), ExitCode.USAGE);
    cancel.process.waitFor();
    assertTrue(Files.readString(cancel.out).startsWith("cancelled: jobs "), cancel.err(""));
    finish(launcher, ExitCode.RUNTIME);
    assertTrue(launcher.err("").contains("was cancelled"), launcher.err(""));
    assertEquals("", slurm("squeue", "--noheader", "--name=" + jobName("cancelled")));

    Launcher dying = sweep("dying", "1_000", "--on", "slurm");
    await(() -> dying.err("").contains("repair, 1000 steps"), dying);
    assertTrue(killOne(), "a job's process");
    JsonNode rest = finish(dying, ExitCode.RUNTIME);
    List<String> statuses =
        rest.findValues("status").stream()
            .flatMap(status -> status.properties().stream())
            .map(entry -> entry.getValue().asText())
            .sorted()
            .toList();
    assertEquals(
        List.of("failed", "finished", "finished", "finished", "finished", "finished"), statuses);
    assertTrue(dying.err("").contains("ended as FAILED without a result"), dying.err(""));
    NOTE.add("\n## Cancelled, and a process killed");
    note("`cancel losses`", Files.readString(cancel.out));
    note("its launcher", Files.readString(launcher.err));
    note("the launcher of the sweep of which one process was killed", Files.readString(dying.err));
  }

  private String jobName(String folder) throws IOException {
    try (Stream<Path> work = Files.list(directory.resolve(folder + "/.flowexp/work"))) {
      String name =
          work.map(path -> path.getFileName().toString())
              .filter(n -> n.startsWith("slurm-") && !n.endsWith(".lock"))
              .findFirst()
              .orElseThrow();
      return "flowexp-" + name.substring(name.lastIndexOf('-') + 1);
    }
  }

  /** A process of a job that is in its second phase. */
  private boolean killOne() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains("--unit"))
        .filter(process -> process.info().commandLine().orElse("").contains("dying/.flowexp"))
        .findFirst()
        .map(ProcessHandle::destroyForcibly)
        .orElse(false);
  }
}
