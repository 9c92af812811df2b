package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Draws from a flow that was hardly trained, against the exact integrals of the double well. */
class SampleVerbTest {
  private static final String RUN = "losses/objective=l2_masked seed=0";
  private static final int COUNT = 25_000;

  @TempDir private static Path directory;

  private static Terminal.Answer run(String... arguments) {
    return Terminal.offline(directory).run(arguments);
  }

  @BeforeAll
  static void train() throws IOException {
    String toy =
        Files.readString(
            Path.of("src/test/resources/diagnostics/FX0201-unknown-name/fixed.flowexp"));
    Files.writeString(
        directory.resolve("toy.flowexp"), toy.replaceAll("steps = 20 steps", "steps = 200 steps"));
    Terminal.Answer trained = run("run", "toy.flowexp", "--precision", "float64");
    assertEquals(ExitCode.OK, trained.code(), trained.err());
    // The file has changed since: a run is what it was when it ran.
    Files.writeString(directory.resolve("toy.flowexp"), "flowexp 1\n");
  }

  private static JsonNode sample(String file, String... more) throws IOException {
    String[] arguments = {"sample", RUN, "--out", file, "--format", "json"};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    Terminal.Answer sampled = run(all);
    assertEquals(ExitCode.OK, sampled.code(), sampled.err());
    return new ObjectMapper().readTree(sampled.out());
  }

  private static double[] array(String file, String name, String shape) throws IOException {
    return NumPyFile.array(directory.resolve(file), name, shape);
  }

  private static double well(double t) {
    return 0.25 * Math.pow(t, 4) - 3 * t * t + 0.3 * t;
  }

  /** ∫ f(t) e^{-well(t)} dt by the trapezoid rule. */
  private static double integral(java.util.function.DoubleUnaryOperator f) {
    return IntStream.rangeClosed(-8_000, 8_000)
            .mapToDouble(i -> f.applyAsDouble(i * 1e-3) * Math.exp(-well(i * 1e-3)))
            .sum()
        * 1e-3;
  }

  private static double[] firsts(double[] x) {
    return IntStream.range(0, x.length / 2).mapToDouble(i -> x[2 * i]).toArray();
  }

  /** How many standard errors the self-normalised mean of s₀ is from the exact one. */
  private static double deviation(double[] s, double[] logW) {
    double top = Arrays.stream(logW).max().orElseThrow();
    double[] w = Arrays.stream(logW).map(r -> Math.exp(r - top)).toArray();
    double sum = Arrays.stream(w).sum();
    double mean = IntStream.range(0, s.length).mapToDouble(i -> w[i] * s[i]).sum() / sum;
    double variance =
        IntStream.range(0, s.length)
            .mapToDouble(i -> Math.pow(w[i] / sum * (s[i] - mean), 2))
            .sum();
    double exact = integral(t -> t) / integral(t -> 1);
    return Math.abs(mean - exact) / Math.sqrt(variance);
  }

  @Test
  void weightedRowsGiveTheExactMeanAndConstantAndUnweightedOnesDoNot() throws IOException {
    JsonNode said = sample("a.npz", "--count", "" + COUNT);
    double[] x = array("a.npz", "x", COUNT + ", 2");
    double[] logQ = array("a.npz", "log_q", COUNT + ",");
    double[] logW = array("a.npz", "log_w", COUNT + ",");
    double[] u = array("a.npz", "u", COUNT + ",");
    assertArrayEquals(u, array("a.npz", "energy", COUNT + ","));
    for (int i = 0; i < COUNT; i++) {
      double exact = well(x[2 * i]) + x[2 * i + 1] * x[2 * i + 1] / 2;
      assertEquals(exact, u[i], 1e-9 * Math.max(1, Math.abs(exact)));
      assertEquals(-u[i] - logQ[i], logW[i]);
    }
    assertTrue(deviation(firsts(x), logW) < 5);
    assertTrue(deviation(firsts(x), new double[COUNT]) > 5, "the flow is not the target");

    double[] w = Arrays.stream(logW).map(Math::exp).toArray();
    double z = Arrays.stream(w).average().orElseThrow();
    double error = Math.sqrt(Arrays.stream(w).map(v -> (v - z) * (v - z)).sum()) / COUNT;
    double exact = integral(t -> 1) * Math.sqrt(2 * Math.PI);
    assertTrue(Math.abs(z - exact) < 5 * error, z + " ± " + error + ", exact " + exact);
    assertEquals(Math.log(z), said.get("log_z").asDouble(), 1e-9);
  }

  @Test
  void resampledRowsAreDrawsThatCountAlike() throws IOException {
    int pool = 4 * COUNT;
    JsonNode said = sample("r.npz", "--count", "" + COUNT, "--resampled", "--pool", "" + pool);
    sample("pool.npz", "--count", "" + pool);
    double[] x = array("r.npz", "x", COUNT + ", 2");
    double[] logW = array("r.npz", "log_w", COUNT + ",");
    double[] all = array("pool.npz", "x", pool + ", 2");
    double[] weights = array("pool.npz", "log_w", pool + ",");
    int at = 0;
    int distinct = 0;
    for (int i = 0; i < COUNT; i++) {
      int before = at;
      while (x[2 * i] != all[2 * at] || x[2 * i + 1] != all[2 * at + 1]) {
        at++;
      }
      distinct += i == 0 || at > before ? 1 : 0;
      assertEquals(weights[at], logW[i]);
    }
    assertEquals(distinct, said.get("distinct").asInt());
    assertEquals(pool, said.get("pool").asInt());

    // Resampling adds less than one row's variance to that of the weighted pool.
    double[] s = firsts(x);
    double effective = said.get("effective_sample_size").asDouble();
    double exact = integral(t -> t) / integral(t -> 1);
    double mean = Arrays.stream(s).average().orElseThrow();
    double variance = integral(t -> (t - exact) * (t - exact)) / integral(t -> 1);
    double error = Math.sqrt(variance / effective + variance / COUNT);
    assertTrue(Math.abs(mean - exact) < 5 * error, mean + " ± " + error + ", exact " + exact);
    double raw = Arrays.stream(firsts(all)).average().orElseThrow();
    assertTrue(Math.abs(raw - exact) > 5 * error, "the pool itself is not the target");
  }

  @Test
  void theSameSeedGivesTheSameFileAndAnotherDoesNot() throws IOException {
    sample("1.npz", "--count", "12345", "--seed", "3");
    sample("2.npz", "--count", "12345", "--seed", "3", "--threads", "1");
    sample("3.npz", "--count", "12345", "--seed", "4");
    double[] first = array("1.npz", "x", "12345, 2");
    assertArrayEquals(first, array("2.npz", "x", "12345, 2"));
    assertNotEquals(first[0], array("3.npz", "x", "12345, 2")[0]);
    try (var files = Files.list(directory)) {
      assertFalse(files.anyMatch(f -> f.toString().endsWith(".part")), "nothing is left behind");
    }
  }

  @Test
  void whatCannotBeSampledSaysWhy() {
    Terminal.Answer unknown =
        run("sample", RUN.replace("seed=0", "seed=00"), "--count", "1", "--out", "x.npz");
    assertEquals(ExitCode.USAGE, unknown.code());
    assertTrue(unknown.err().contains("did you mean `losses/objective=l2_masked seed="));
    assertUsage("expected at least 1", "--count", "0", "--out", "x.npz");
    assertUsage("there is no folder", "--count", "1", "--out", "nowhere/x.npz");
    assertUsage("ending in .npz, .pdb or .dcd", "--count", "1", "--out", "x.dat");
    assertUsage("`wells` is no molecule; write .npz", "--count", "1", "--out", "x.pdb");
    assertUsage("`wells` is no molecule; write .npz", "--count", "1", "--out", "x.dcd");
    assertUsage("at most 2147483647", "--count", "3000000000", "--out", "x.dcd");
    assertUsage("add it", "--count", "1", "--out", "x.npz", "--pool", "5");
    assertUsage(
        "at least the count", "--count", "9", "--out", "x.npz", "--resampled", "--pool", "5");
    for (String none : new String[] {"x.npz", "x.pdb", "x.dcd"}) {
      assertFalse(Files.exists(directory.resolve(none)));
    }
  }

  private static void assertUsage(String message, String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "sample";
    all[1] = RUN;
    System.arraycopy(more, 0, all, 2, more.length);
    Terminal.Answer result = run(all);
    assertEquals(ExitCode.USAGE, result.code(), result.err());
    assertTrue(result.err().contains(message), result.err());
  }
}
