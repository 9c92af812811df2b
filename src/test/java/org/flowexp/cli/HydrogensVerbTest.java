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

      import "std/losses" { kl_x }
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

      mask heavy = butane.atoms(element != "H")
      system skeleton = shape with { hydrogens = placed }
      let zmat = internal_coordinates { topology = butane, atoms = heavy, whiten = all }
      let turn = circular_spline { mask = zmat.torsions, hidden = [16] }
      architecture net = zmat.latent >> turn >> zmat >> place_hydrogens { topology = butane, hidden = [24, 24] }
      loss settle on data = mean(u)
      schedule fitted {
        phase place {
          data = all, minimize = settle, steps = 600 steps, batch = 128 samples
          optimizer = adam { lr = cosine(1e-2 -> 1e-4, warmup = 10 steps), clip_norm = 100 }
        }
        phase fit {
          data = all, minimize = kl_x, steps = 250 steps, batch = 256 samples
          optimizer = adam { lr = cosine(1e-2 -> 1e-4, warmup = 10 steps) }
        }
      }
      schedule unplaced {
        phase fit { data = all, minimize = kl_x, steps = 1 steps, batch = 256 samples, optimizer = adam { lr = 1e-9 } }
      }
      metric ess = effective_sample_size(log_w)
      metric weighed = probability(gauche, reweighted = true)
      metric error = standard_error(weighed)
      metric settled = mean(u, on = all)
      experiment heavy_atoms {
        system = skeleton, architecture = net, schedule = fitted, evaluate_on = 10_000 samples
        metrics = [ess, weighed, error, settled]
      }
      experiment ideal extends heavy_atoms { schedule = unplaced }
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

  private JsonNode metrics(String experiment) throws IOException {
    Terminal.Answer answer =
        new Terminal(directory)
            .run("run", "b.flowexp", "--experiment", experiment, "--offline", "--format", "json");
    assertEquals(ExitCode.OK, answer.code(), answer.err());
    return new ObjectMapper().readTree(answer.out()).findValue("metrics");
  }

  private static double mean(JsonNode metrics, String name) {
    return metrics.get(name).get("mean").asDouble();
  }

  /** Two ways to the share of gauche wells under u_C: a flow's weights and those of all atoms. */
  @Test
  void aFlowOfHeavyAtomsWeighsTheWellsAsTheMinimumDoes() throws IOException {
    Terminal.Answer answer = hydrogens("all", "gauche", "--count", "1000", "--format", "json");
    JsonNode tree = new ObjectMapper().readTree(answer.out());
    JsonNode minimum = tree.get("at_minimum");
    JsonNode fitted = metrics("heavy_atoms");
    double expected = minimum.get("probability").asDouble();
    double error = Math.hypot(minimum.get("error").asDouble(), mean(fitted, "error"));
    assertEquals(expected, mean(fitted, "weighed"), 5 * error, fitted + " " + tree);
    assertTrue(error < 0.03, fitted + " " + tree);
    double share = tree.get("all_atoms").get("probability").asDouble();
    // of all atoms it is another: some 0.36 in place of 0.39
    double ratio = minimum.get("ratio").asDouble();
    assertTrue(ratio > 1 + 3 * minimum.get("ratio_error").asDouble(), tree.toString());
    double least =
        share * tree.get("u_at_minimum_inside").asDouble()
            + (1 - share) * tree.get("u_at_minimum_outside").asDouble();
    double settled = mean(fitted, "settled");
    assertTrue(settled < least + 0.15, settled + " kT, at the minimum " + least);
    double ideal = mean(metrics("ideal"), "settled");
    assertTrue(ideal > least + 0.3, "the reference's hydrogens cost " + ideal);
  }

  @Test
  void whatAFlowPlacesNoChainWalks() throws IOException {
    String text = FILE.replace("system = shape, ladder", "system = skeleton, ladder");
    Files.writeString(directory.resolve("b.flowexp"), text);
    Terminal.Answer answer = new Terminal(directory).run("check", "b.flowexp");
    assertEquals(ExitCode.REJECTED, answer.code());
    assertTrue(answer.err().contains("its hydrogens are where a flow puts them"), answer.err());
    Files.writeString(
        directory.resolve("b.flowexp"),
        FILE.replace("system = skeleton, architecture", "system = shape, architecture"));
    answer = new Terminal(directory).run("check", "b.flowexp");
    assertTrue(answer.err().contains("36"), answer.err());
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
