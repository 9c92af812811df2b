package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hydrogens} on butane: what becomes of its gauche wells without hydrogens. */
final class HydrogensVerbTest {
  private static final String FILE =
      """
      flowexp 1

      import "std/molecules" { butane }

      system shape = molecule { topology = butane, temperature = 300 K, pose = fixed }
      system flat = analytic { dim = 2, energy = sum(s[i]^2 / 2 for i in 0..1) }
      observable phi = dihedral(butane.C1, butane.C2, butane.C3, butane.C4)
      observable gauche = abs(phi) < 120 deg
      observable never = phi > 200 deg
      sampler pt = parallel_tempering {
        system = shape, ladder = geometric(1 -> 1, rungs = 1), seed = 1
        moves = [random_walk { step = 0.18 }, turn_bonds { max = 180 deg }]
        burn_in = 500 steps, thin = 10 steps, chains = 128
      }
      sampler normal = parallel_tempering {
        system = flat, ladder = geometric(1 -> 1, rungs = 1), moves = [random_walk { step = 1 }], seed = 1
      }
      data all = pt.draw(12_800 samples)
      data chosen = all.where(gauche)
      data others = normal.draw(100 samples)
      """;

  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("b.flowexp"), FILE);
  }

  private Terminal.Answer hydrogens(String data, String where, String... more) {
    String[] line = {"hydrogens", "b.flowexp", "--data", data, "--where", where};
    String[] all = java.util.Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    return new Terminal(directory).run(all);
  }

  @Test
  void theHarmonicCorrectionBringsBackTheShareOfAllAtoms() throws IOException {
    Terminal.Answer answer = hydrogens("all", "gauche", "--count", "300", "--format", "json");
    assertEquals(ExitCode.OK, answer.code(), answer.err());
    JsonNode tree = new ObjectMapper().readTree(answer.out());
    assertEquals(600, tree.get("weighed").asInt());
    assertEquals(0, tree.get("lost").asInt());
    // OpenMM: trans 0.6364 +- 0.0013
    double error = tree.get("all_atoms").get("error").asDouble();
    double share = tree.get("all_atoms").get("probability").asDouble();
    assertEquals(0.3636, share, 5 * Math.hypot(error, 0.0013), answer.out());
    // barriers of 5 kT: the harmonic law holds for hydrogens, and leaves no bias
    JsonNode corrected = tree.get("methyl_quadrature");
    double ratio = corrected.get("ratio").asDouble();
    assertEquals(1, ratio, 5 * corrected.get("ratio_error").asDouble() + 0.02, answer.out());
    assertTrue(corrected.get("ratio_error").asDouble() < 0.06, answer.out());
    assertTrue(corrected.get("ess_inside").asDouble() > 100, answer.out());
    String text = hydrogens("all", "gauche", "--count", "40").out();
    assertTrue(text.contains("samples of `all`, 80 weighed"), text);
    assertTrue(text.contains("hydrogens at their minimum, u_C"), text);
    assertTrue(text.contains("methyl group 2: log of"), text);
    assertTrue(text.contains("energy evaluations: "), text);
    refused("all", "never", "all 12800 samples are outside the mode");
  }

  private void refused(String data, String where, String because, String... more) {
    Terminal.Answer answer = hydrogens(data, where, more);
    assertEquals(ExitCode.USAGE, answer.code(), answer.err());
    assertTrue(answer.err().contains(because), answer.err());
  }

  @Test
  void whatCannotBeWeighedIsSaid() {
    refused("al", "gauche", "has no data `al`; did you mean `all`?");
    refused("all", "gauch", "has no observable `gauch`; did you mean `gauche`?");
    refused("all", "phi", "expected a condition");
    refused("chosen", "gauche", "a condition or a ratio decided what was kept");
    refused("others", "gauche", "expected samples that a sampler draws from a molecule");
    refused("all", "gauche", "expected at least 1", "--count", "0");
  }
}
