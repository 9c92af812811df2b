package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.flowexp.data.NpzWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of what is unusual: they work, or they fail with a sentence that says what to do. */
class EdgesOfRunsTest {
  private static final Path TOY =
      Path.of("src/test/resources/diagnostics/FX0508-whitened-by-other-data/fixed.flowexp");

  @TempDir private Path directory;
  private String toy = "";

  @BeforeEach
  void readTheToy() throws IOException {
    toy = Files.readString(TOY).replaceFirst("seed in 0\\.\\.2", "seed in 0..0");
  }

  private Terminal.Answer run(String text) throws IOException {
    Files.writeString(directory.resolve("toy.flowexp"), text);
    return new Terminal(directory).run("run", "toy.flowexp", "--offline");
  }

  private static String whitenedBy(String text, String data) {
    String whitened =
        text.replaceFirst(
            Pattern.quote(">> whiten { by = all }"), ">> whiten { by = " + data + " }");
    assertFalse(whitened.equals(text));
    return whitened;
  }

  private void refuses(String data, String why) throws IOException {
    Terminal.Answer answer = run(whitenedBy(toy, data));
    assertEquals(ExitCode.RUNTIME, answer.code(), answer.out() + answer.err());
    String said = (answer.out() + answer.err()).replaceAll("\\s+", " ");
    assertTrue(said.contains("layer 2, `whiten`, cannot learn from"), said);
    assertTrue(said.contains(why), said);
    assertTrue(said.contains("give it other data, or leave the layer out"), said);
    assertFalse(said.contains("Exception"), said);
  }

  @Test
  void whiteningByFewSamplesFailsWithAWayOut() throws IOException {
    refuses("all.take(2 samples)", "2 samples of 2 coordinates leave some direction open");
    refuses("all.take(2 samples)", "the first 2 of 2000 samples of `parallel_tempering`");
  }

  @Test
  void whiteningByAColumnThatDoesNotMoveFailsWithAWayOut() throws IOException {
    double[] rows = new double[200];
    for (int i = 0; i < rows.length; i += 2) {
      rows[i] = Math.sin(i);
      rows[i + 1] = 0.25;
    }
    try (NpzWriter writer = NpzWriter.to(directory.resolve("flat.npz"))) {
      writer.write("x", NpzWriter.Width.FLOAT64, List.of(100L, 2L), rows);
    }
    refuses("load(\"flat.npz\", system = wells)", "coordinate 1 does not move in them");
  }

  @Test
  void whiteningByEnoughSamplesRuns() throws IOException {
    Terminal.Answer answer = run(whitenedBy(toy, "all.take(50 samples)"));
    assertFalse(answer.code() == ExitCode.RUNTIME, answer.out() + answer.err());
    assertFalse(answer.code() == ExitCode.BUG, answer.out() + answer.err());
  }

  @Test
  void metricsThatReadOnlyDataAreMeasured() throws IOException {
    String onlyData =
        toy.replaceFirst("metric ess = .*", "metric ess = probability(left, on = imperfect)")
            .replaceFirst("metric p_left = .*", "metric p_left = mean(wells.s[0], on = imperfect)");
    Terminal.Answer answer = run(onlyData);
    assertEquals(ExitCode.OK, answer.code(), answer.out() + answer.err());
  }
}
