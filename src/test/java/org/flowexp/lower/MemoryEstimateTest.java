package org.flowexp.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowexp.model.ExperimentModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryEstimateTest {
  @TempDir private Path folder;

  /** Twelve coordinates, two times two couplings, large batches. */
  private static String text(String coupling, int batch) throws IOException {
    return Files.readString(Path.of("src/test/resources/examples/resume.flowexp"))
        .replace("2_000 steps", "2 steps")
        .replace("batch = 128 samples", "batch = " + batch + " samples")
        .replace("dim = 2\n", "dim = 12\n")
        .replace("s[1]^2 / 2", "sum(s[i]^2 / 2 for i in 1..11)")
        .replace("1/2 * log", "11/2 * log")
        .replace("= 32", "= 64")
        .replace("realnvp { mask = every(2),", coupling + " mask = every(2),");
  }

  private long measured(String text, int phase, String precision) throws Exception {
    Path file = Files.writeString(folder.resolve("peak.flowexp"), text);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                PeakMemory.class.getName(),
                file.toString(),
                Integer.toString(phase),
                precision)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return Long.parseLong(out.strip().split(" ", 2)[1]);
  }

  @ParameterizedTest
  @CsvSource({"realnvp {, 20000, 1, float32", "'spline { box = -5..5,', 10000, 0, float64"})
  void theEstimateIsWithinAThirdOfTheMeasuredPeak(
      String coupling, int batch, int phase, String precision) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "only Linux counts the peak");
    String text = text(coupling, batch);
    int width = precision.equals("float64") ? 8 : 4;
    MemoryEstimate estimate = MemoryEstimate.of(PeakMemory.experiment(text), width);
    assertEquals(batch, estimate.batch());
    double ratio = (double) estimate.bytes() / measured(text, phase, precision);
    assertTrue(ratio > 0.9 && ratio < 4.0 / 3, "estimate / measured = " + ratio);
    MemoryEstimate halved = MemoryEstimate.of(PeakMemory.experiment(text), width / 2);
    assertTrue(halved.bytes() < 0.7 * estimate.bytes(), "a wrong width would be seen");
  }

  @Test
  void eachSourceOfALossHasItsOwnRowsAndWhatFitsFits() throws IOException {
    String one = text("realnvp {", 1_000);
    String two =
        one.replace("{ kl_x, l2_masked_running_log_z }", "{ kl_x, kl_z, l2_masked }")
            .replace("minimize = objective", "minimize = 0.5 * kl_z + 0.5 * l2_masked")
            .replace("param objective : loss = l2_masked_running_log_z\n", "");
    ExperimentModel both = PeakMemory.experiment(two);
    assertEquals(1_000, MemoryEstimate.of(PeakMemory.experiment(one), 4).batch());
    MemoryEstimate estimate = MemoryEstimate.of(both, 4);
    assertEquals(2_000, estimate.batch());
    assertEquals("repair", estimate.phase());
    assertEquals(2_000.0, (double) estimate.fitting(estimate.bytes() + 1), 1);
    assertEquals(0, estimate.fitting(1_000));
    assertEquals(8 * 4_000 * 2 * 12, estimate.data());
    assertEquals(8 * 2_000 * (12 + 2 * 4), estimate.samples(), "x, log_q, u and log_w");
    assertTrue(List.of(4, 8).stream().map(w -> MemoryEstimate.of(both, w)).distinct().count() == 2);
  }
}
