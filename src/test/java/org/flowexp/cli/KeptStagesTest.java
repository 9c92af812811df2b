package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flowexp.stage.FinishedRun;
import org.flowexp.stage.FinishedRuns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second command finds of the first: in plans, in runs, and to start from. */
class KeptStagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private String experiment = "";

  private record Result(int code, String out, String err) {}

  private Result run(String text, String verb, String... more) throws IOException {
    Files.writeString(directory.resolve("toy.flowexp"), text);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Host host =
        new Host(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Host.Screen(false, 100),
            Map.of("MLFLOW_TRACKING_URI", "offline"),
            directory,
            directory);
    String[] arguments = new String[more.length + 2];
    arguments[0] = verb;
    arguments[1] = "toy.flowexp";
    System.arraycopy(more, 0, arguments, 2, more.length);
    int code = Main.run(List.of(arguments), host);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private JsonNode plan(String text) throws IOException {
    Result planned = run(text, "plan", "--format", "json");
    assertEquals(ExitCode.OK, planned.code(), planned.err());
    return JSON.readTree(planned.out()).get("sweeps").get(0);
  }

  /** The states of the stages of a kind, in order. */
  private static List<String> states(JsonNode plan, String kind) {
    return plan.findParents("kind").stream()
        .filter(stage -> stage.get("kind").asText().equals(kind))
        .map(stage -> stage.get("state").asText())
        .toList();
  }

  @BeforeEach
  void readTheToy() throws IOException {
    experiment =
        Files.readString(
            Path.of("src/test/resources/diagnostics/FX0201-unknown-name/fixed.flowexp"));
  }

  @Test
  void aSecondRunRunsNothingAndAChangedMetricTrainsNothing() throws IOException {
    Result before = run(experiment, "plan");
    assertTrue(before.out().contains("pretrain               3 stages for 3 runs"), before.out());
    assertTrue(before.out().contains("time left: unknown"), before.out());
    assertEquals(List.of("not run yet"), states(plan(experiment), "data"));

    Result first = run(experiment, "run", "--format", "json");
    assertEquals(ExitCode.OK, first.code(), first.err());
    Result second = run(experiment, "run", "--format", "json");
    assertEquals(JSON.readTree(first.out()), JSON.readTree(second.out()));
    assertTrue(second.err().contains("pretrain: cached"), second.err());
    assertTrue(run(experiment, "plan").out().contains("nothing is left to run"));

    String renamed = experiment.replace("phase repair", "phase mend").replace("ess", "n_eff");
    assertTrue(run(renamed, "plan").out().contains("nothing is left to run"), "names do not count");

    String measured = experiment.replace("probability(left)", "probability(not left)");
    assertEquals(List.of("cached"), states(plan(measured), "phase").stream().distinct().toList());
    assertTrue(states(plan(measured), "evaluation").stream().noneMatch("cached"::equals));
    Result other = run(measured, "run", "--format", "json");
    assertEquals(1, left(first) + left(other), 1e-6);
    assertFalse(other.err().contains("is run again"), other.err());

    String longer = experiment.replaceFirst("steps = 20 steps,", "steps = 30 steps,");
    assertTrue(
        states(plan(longer), "phase")
            .contains("differs from the cached phase `pretrain` in: steps 20 → 30"),
        states(plan(longer), "phase").toString());
    JsonNode left = plan(longer).get("time_left");
    assertTrue(left.get("complete").asBoolean(), left.toString());
    assertTrue(left.get("seconds").asDouble() > 0, left.toString());
    assertTrue(left.at("/stages/like").asInt() > 0, left.toString());
  }

  /** Figures are views: the run stays the same run, and nothing but they is made. */
  @Test
  void aFigureMoreTrainsAndMeasuresNothingAndIsInTheReport() throws IOException {
    Result first = run(experiment, "run", "--format", "json");
    assertEquals(ExitCode.OK, first.code(), first.err());
    String drawn =
        experiment.replace(
            "seed = seed,",
            "seed = seed, figures = [free_energy(wells.s[0]), energies], reference = imperfect,");
    assertNotEquals(experiment, drawn);
    JsonNode plan = plan(drawn);
    for (String kind : List.of("data", "phase", "evaluation")) {
      assertEquals(List.of("cached"), states(plan, kind).stream().distinct().toList(), kind);
    }
    assertEquals(List.of("not run yet"), states(plan, "figures").stream().distinct().toList());
    Result second = run(drawn, "run", "--format", "json");
    assertEquals(ExitCode.OK, second.code(), second.err());
    JsonNode before = JSON.readTree(first.out()).get("runs");
    JsonNode after = JSON.readTree(second.out()).get("runs");
    assertEquals(before.findValues("hash"), after.findValues("hash"));
    assertEquals(before.findValues("metrics"), after.findValues("metrics"));
    assertTrue(run(drawn, "plan").out().contains("nothing is left to run"));
    assertEquals(ExitCode.OK, run(drawn, "report").code());
    try (var pages = Files.walk(directory.resolve("reports"))) {
      Path page = pages.filter(Files::isRegularFile).findFirst().orElseThrow();
      String html = Files.readString(page);
      assertTrue(html.contains("free energy of wells.s[0]"), html);
      assertTrue(html.contains("free energy, kT") && html.contains("reference: 1,000 samples"));
    }
  }

  private static double left(Result result) throws IOException {
    return JSON.readTree(result.out()).at("/runs/0/metrics/p_left/mean").asDouble();
  }

  @Test
  void whereParametersOnTheWayAreMissingAPhaseIsRunAgainAndSaysSo() throws IOException {
    String often = experiment.replace("seed = seed,", "seed = seed, evaluate_every = 5 steps,");
    assertEquals(ExitCode.OK, run(experiment, "run").code());
    Result again = run(often, "run");
    assertTrue(again.err().contains("`pretrain` is run again: its parameters after step 5"));
    String changed = often.replace("probability(left)", "probability(not left)");
    Result third = run(changed, "run");
    assertFalse(third.err().contains("is run again"), third.err());
    assertTrue(third.err().contains("after step 35: "), third.err());
  }

  @Test
  void aDamagedStageIsPlannedAsRefusedAndRunAgain() throws IOException {
    String first = run(experiment, "run", "--format", "json").out();
    Path stages = directory.resolve(".flowexp/stages");
    try (var entries = Files.list(stages)) {
      for (Path entry :
          entries.filter(e -> e.getFileName().toString().startsWith("phase-")).toList()) {
        Path result = entry.resolve("result.flowexp");
        byte[] bytes = Files.readAllBytes(result);
        bytes[bytes.length / 2] ^= 1;
        Files.write(result, bytes);
      }
    }
    assertEquals(
        List.of("refused: its checksum is wrong"),
        states(plan(experiment), "phase").stream().distinct().toList());
    Result second = run(experiment, "run", "--format", "json");
    assertTrue(second.err().contains("its checksum is wrong; it is set aside"), second.err());
    assertEquals(JSON.readTree(first), JSON.readTree(second.out()));
  }

  @Test
  void anExperimentStartsFromAFinishedRunOrSaysWhyNot() throws Exception {
    assertEquals(ExitCode.OK, run(experiment, "run").code());
    FinishedRuns runs = new FinishedRuns(directory.resolve(".flowexp"));
    String name = "losses/objective=l2_masked seed=1";
    FinishedRun source = runs.find(name).get(0);
    assertEquals(source, runs.find(source.hash().substring(0, 8)).get(0));
    assertEquals(experiment, source.source().orElseThrow().text());
    double[] parameters = runs.parameters(source);

    String start = "metrics = [ess, p_left], initial = run(\"" + name + "\")";
    String tuned = experiment.replace("metrics = [ess, p_left]", start);
    String still = tuned.replaceAll("steps = 20 steps", "steps = 0 steps");
    assertEquals(ExitCode.OK, run(still, "run").code());
    FinishedRun same = runs.find("losses/objective=l2_masked seed=0").get(0);
    assertTrue(Arrays.equals(parameters, runs.parameters(same)), "without a step, the same");
    assertNotEquals(plan(experiment).findValuesAsText("key"), plan(tuned).findValuesAsText("key"));

    Result wide = run(tuned.replace("int(4..256) = 16", "int(4..256) = 8"), "check");
    assertEquals(ExitCode.REJECTED, wide.code());
    assertTrue(wide.err().contains("error[FX0520]: the parameters are of another architecture"));
    Result none = run(tuned.replace("seed=1", "seed=7"), "check");
    assertTrue(none.err().contains("there is no finished run"), none.err());
    assertTrue(none.err().contains("did you mean `losses/objective=l2_masked seed="), none.err());
  }

  @Test
  void aPlanLoadsNothingNative() throws Exception {
    Files.writeString(directory.resolve("toy.flowexp"), experiment);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-verbose:class",
            "-cp",
            System.getProperty("java.class.path"),
            "org.flowexp.cli.Main",
            "plan",
            "toy.flowexp");
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(ExitCode.OK, process.waitFor(), output);
    assertTrue(output.contains("org.flowexp.lower.FlowLayout"), "classes are listed");
    assertFalse(output.contains("org.tensorflow.TensorFlow"), "the library");
    assertFalse(output.contains("org.tensorflow.internal"), "its natives");
    assertFalse(output.contains("org.bytedeco"), "their loader");
  }
}
