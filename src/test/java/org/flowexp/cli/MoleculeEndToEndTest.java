package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.molecule.Atom;
import org.flowexp.molecule.Compound;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Butane through the command line: sampling, poses, internal coordinates, Cartesian atoms. */
final class MoleculeEndToEndTest {
  private static final String FILE =
      """
      flowexp 1

      import "std/losses" { kl_x, l2_masked }
      import "std/molecules" { butane, charmm36 }

      param T : temperature(200 K..900 K) = 300 K
      mask heavy = butane.atoms(element != "H")

      system shape = molecule {
        topology = butane, forcefield = charmm36, temperature = T
        clamp = logarithmic { above = 500 kJ/mol }, pose = fixed
      }
      system posed = shape with {
        pose = alignment_penalty {
          frame = [butane.C1, butane.C2, butane.C3], centre = heavy, max_rotation = 60 deg
          translation = 1_000 kJ/mol/nm^2, rotation = 500 kJ/mol
        }
      }
      observable phi = dihedral(butane.C1, butane.C2, butane.C3, butane.C4)
      observable trans = abs(phi) > 120 deg

      sampler pt = parallel_tempering {
        system = shape, ladder = geometric(1 -> 2, rungs = 2), seed = 1
        moves = [random_walk { step = 0.18 }, turn_bonds { max = 180 deg }]
        burn_in = 1_500 steps, thin = 10 steps, chains = 128
      }
      data all = pt.draw(12_800 samples)

      let zmat = internal_coordinates { topology = butane, whiten = all }
      let turn = circular_spline { mask = zmat.torsions, hidden = [16] }
      let stretch = realnvp { mask = every(2) and not zmat.torsions, hidden = [16] }
      architecture internal = zmat.latent >> turn >> stretch >> zmat
      let half = realnvp { mask = every(2), hidden = [16] }
      architecture cartesian = normal(posed.dim) >> half >> half with { mask = not every(2) } >> whiten { by = all }

      schedule train {
        phase pretrain {
          data = all, minimize = kl_x, steps = 60 steps, batch = 128 samples, optimizer = adam { lr = 2e-3 }
        }
        phase repair data_free {
          minimize = l2_masked, steps = 5 steps, batch = 128 samples, optimizer = adam { lr = 1e-4 }
        }
      }
      metric sampled = probability(trans, on = all)
      metric energy = kB * T * mean(u, on = all)
      metric held = mean(x[0], on = all)
      metric generated = probability(trans)
      metric ess = effective_sample_size(log_w)
      metric spread = median(log_w)
      experiment shapes {
        system = shape, architecture = internal, schedule = train, evaluate_on = 4_000 samples
        metrics = [sampled, energy, generated, ess, spread]
      }
      experiment atoms extends shapes {
        system = posed, architecture = cartesian, metrics = [sampled, energy, held, generated, spread]
      }
      """;

  @TempDir private static Path directory;

  private static JsonNode run(String experiment, String... more) throws IOException {
    Files.writeString(directory.resolve("m.flowexp"), FILE);
    String[] line = {
      "run", "m.flowexp", "--offline", "--format", "json", "--experiment", experiment
    };
    String[] all = java.util.Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    Terminal.Answer answer = new Terminal(directory).run(all);
    assertEquals(ExitCode.OK, answer.code(), answer.err());
    return new ObjectMapper().readTree(answer.out()).get("runs").get(0).get("metrics");
  }

  private static double value(JsonNode metrics, String name) {
    return metrics.get(name).get("mean").asDouble();
  }

  /**
   * Against an independent program: trans 0.6364 and <U> 63.14 kJ/mol at 300 K. 12,800 samples of
   * 128 chains, of which a third counts as independent, leave errors of 0.008 and 0.17; 5 of them.
   */
  @Test
  void shapesAreSampledAsByTheReferenceAndLearned() throws IOException {
    JsonNode metrics = run("shapes");
    assertEquals(0.6364, value(metrics, "sampled"), 0.04, metrics.toString());
    assertEquals(63.14, value(metrics, "energy"), 0.85, metrics.toString());
    // a torsion that is uniform, as before training, is trans in 1/3
    assertEquals(0.6364, value(metrics, "generated"), 0.2, metrics.toString());
    assertTrue(value(metrics, "ess") > 0.005, metrics.toString());
    JsonNode warm = run("shapes", "--set", "T=600 K");
    assertTrue(Math.abs(value(warm, "energy") - 63.14) > 10, warm.toString());
  }

  /** U of the penalty: translation 3/2 kT, rotation less than kT in the mean. */
  @Test
  void atomsInAPoseHaveTheSameShapesAndTheEnergyOfThePose() throws IOException {
    JsonNode shapes = run("shapes");
    JsonNode atoms = run("atoms");
    assertEquals(value(shapes, "sampled"), value(atoms, "sampled"), 1e-12);
    double pose = value(atoms, "energy") - value(shapes, "energy");
    assertTrue(pose > 1.5 * 2.494 - 0.2 && pose < 3 * 2.494, pose + " kJ/mol");
    assertTrue(Double.isFinite(value(atoms, "spread")), atoms.toString());
  }

  /** What is drawn from a flow has the energies that the verb computes of it. */
  @Test
  void samplesOfAFlowAreConfigurationsWithTheirPhysicalEnergies() throws IOException {
    run("atoms");
    Terminal terminal = new Terminal(directory);
    Terminal.Answer drawn =
        terminal.run("sample", "atoms", "--count", "200", "--out", "s.npz", "--format", "json");
    assertEquals(ExitCode.OK, drawn.code(), drawn.err());
    assertEquals("kJ/mol", new ObjectMapper().readTree(drawn.out()).get("energy_unit").asText());
    Terminal.Answer again =
        terminal.run("energy", "m.flowexp", "--system", "posed", "--in", "s.npz", "--out", "e.npz");
    assertEquals(ExitCode.OK, again.code(), again.err());
    float[] energies = NumPyFile.floats(directory.resolve("s.npz"), "energy", "200,");
    float[] same = NumPyFile.floats(directory.resolve("e.npz"), "energy", "200,");
    float[] u = NumPyFile.floats(directory.resolve("s.npz"), "u", "200,");
    for (int i = 0; i < 200; i++) {
      assertEquals(same[i], energies[i], 1e-3f * Math.max(1, Math.abs(same[i])));
    }
    assertTrue(Math.abs(u[0] - energies[0] / 2.494f) > 1e-3, "clamp and penalty are in u alone");
  }

  /** The same draws, in Å: a PDB has three decimals of them, a DCD what a float32 holds. */
  @Test
  void filesOfAtomsHoldTheSameDraws() throws IOException {
    run("shapes");
    for (String file : new String[] {"t.npz", "t.pdb", "t.dcd"}) {
      Terminal.Answer drawn =
          new Terminal(directory).run("sample", "shapes", "--count", "7", "--out", file);
      assertEquals(ExitCode.OK, drawn.code(), drawn.err());
    }
    float[] x = NumPyFile.floats(directory.resolve("t.npz"), "x", "7, 14, 3");
    ByteBuffer dcd =
        ByteBuffer.wrap(Files.readAllBytes(directory.resolve("t.dcd")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int last = dcd.capacity() - 3 * (8 + 14 * 4); // three records: x, y, z of the seventh
    double[] pdb =
        Files.readAllLines(directory.resolve("t.pdb")).stream()
            .filter(line -> line.startsWith("ATOM"))
            .skip(6 * 14)
            .flatMapToDouble(
                line ->
                    IntStream.of(30, 38, 46)
                        .mapToDouble(at -> Double.parseDouble(line.substring(at, at + 8))))
            .toArray();
    for (int i = 0; i < 14 * 3; i++) {
      double expected = 10 * x[6 * 42 + i];
      assertEquals(expected, pdb[i], 0.000501);
      int at = last + i % 3 * (8 + 14 * 4) + 4 + i / 3 * 4;
      assertEquals(expected, dcd.getFloat(at), 1e-6 * Math.max(1, Math.abs(expected)));
    }
    assertTrue(Math.abs(x[0] - x[42]) + Math.abs(x[9] - x[42 + 9]) > 0, "draws differ");
  }

  /** MDTraj reads what was drawn, and measures what the language measures of it. */
  @Test
  @Tag("slow")
  void mdtrajReadsTheDrawsAndTheirDihedralsAreOurs() throws Exception {
    run("shapes");
    for (String file : new String[] {"d.npz", "d.pdb", "d.dcd"}) {
      Terminal.Answer drawn =
          new Terminal(directory).run("sample", "shapes", "--count", "200", "--out", file);
      assertEquals(ExitCode.OK, drawn.code(), drawn.err());
    }
    String loaded =
        FILE.replace(
                "data all = pt.draw(12_800 samples)",
                "data all = load(\"../d.dcd\", system = shape)")
            .replace("kB * T * mean(u, on = all)", "mean(sin(phi), on = all)")
            .replaceAll("steps = \\d+ steps, batch = 128", "steps = 1 steps, batch = 128")
            .replaceAll("(?s)sampler pt = .*?\\n\\}\\n", "");
    // of its own folder: the runs of `shapes` here are the other file's
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("loaded.flowexp"), loaded);
    Terminal.Answer measured =
        new Terminal(other)
            .run(
                "run",
                "loaded.flowexp",
                "--offline",
                "--format",
                "json",
                "--experiment",
                "shapes",
                "--precision",
                "float64");
    assertEquals(ExitCode.OK, measured.code(), measured.err());
    JsonNode metrics =
        new ObjectMapper().readTree(measured.out()).get("runs").get(0).get("metrics");
    List<String> atoms =
        Compound.shipped("butane").orElseThrow().topology().atoms().stream()
            .map(Atom::name)
            .toList();
    String said =
        PythonTools.run(
            directory,
            List.of("mdtraj==1.11.1.post2"),
            Path.of("src/test/resources/reference/trajectories/compare.py"),
            "d",
            String.join(",", atoms),
            Double.toString(value(metrics, "energy")),
            Double.toString(value(metrics, "sampled")));
    assertTrue(said.lines().anyMatch(line -> line.startsWith("same: ")), said);
  }
}
