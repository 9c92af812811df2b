package org.flowexp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.flowexp.data.NpzWriter;
import org.flowexp.energy.EnergyTerm;
import org.flowexp.energy.ReferenceConformations;
import org.flowexp.random.Seeds;
import org.flowexp.units.Constants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code energy} on conformations whose energies and forces OpenMM computed, in other poses. */
final class EnergyVerbTest {
  private static final double KT = Constants.BOLTZMANN * 300;
  private static final double TOLERANCE = 1e-6;

  private static final String FILE =
      """
      flowexp 1

      import "std/molecules" { alanine_dipeptide, butane, charmm36 }

      param T : temperature(200 K..600 K) = 300 K
      system shape = molecule { topology = butane, forcefield = charmm36, temperature = T, pose = fixed }
      system posed = shape with {
        clamp = logarithmic { above = 500 kJ/mol }
        pose = alignment_penalty {
          frame = [butane.C1, butane.C2, butane.C3], centre = butane.atoms(element != "H")
          max_rotation = 60 deg, translation = 1_000 kJ/mol/nm^2, rotation = 500 kJ/mol
        }
      }
      system peptide = molecule { topology = alanine_dipeptide, temperature = T }
      system well = analytic { dim = 1, energy = s[0]^2 / 2 }
      """;

  @TempDir private Path directory;

  private final SplittableRandom random = Seeds.generator(5, "poses", 0);

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("m.flowexp"), FILE);
  }

  private Terminal.Answer energy(String system, String in, String... more) {
    String[] line = {"energy", "m.flowexp", "--system", system, "--in", in, "--out", "e.npz"};
    String[] all = java.util.Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    return new Terminal(directory).run(all);
  }

  private double[] array(String name, String shape) throws IOException {
    return NumPyFile.array(directory.resolve("e.npz"), name, shape);
  }

  private void configurations(String name, double[] x, int atoms) throws IOException {
    try (NpzWriter npz = NpzWriter.to(directory.resolve(name))) {
      List<Long> shape = List.of(x.length / (3L * atoms), (long) atoms, 3L);
      npz.write("x", NpzWriter.Width.FLOAT64, shape, x);
    }
  }

  private Rotation rotation() {
    return new Rotation(
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian(),
        true);
  }

  private static double[] turned(double[] vectors, int atoms, Rotation[] turns, double[] shifts) {
    double[] moved = new double[vectors.length];
    double[] in = new double[3];
    double[] out = new double[3];
    for (int at = 0; at < vectors.length; at += 3) {
      int row = at / (3 * atoms);
      System.arraycopy(vectors, at, in, 0, 3);
      turns[row].applyTo(in, out);
      for (int axis = 0; axis < 3; axis++) {
        moved[at + axis] = out[axis] + shifts[3 * row + axis];
      }
    }
    return moved;
  }

  private void agrees(String system, String reference, int atoms) throws IOException {
    ReferenceConformations expected = ReferenceConformations.read(reference);
    int n = expected.count();
    Rotation[] turns = new Rotation[n];
    double[] shifts = new double[3 * n];
    for (int row = 0; row < n; row++) {
      turns[row] = rotation();
    }
    java.util.Arrays.setAll(shifts, i -> random.nextGaussian());
    configurations("x.npz", turned(expected.positions(), atoms, turns, shifts), atoms);
    Terminal.Answer answer = energy(system, "x.npz", "--precision", "float64");
    assertEquals(ExitCode.OK, answer.code(), answer.err());
    near(expected.energies(), array("energy", n + ","), 1);
    for (Map.Entry<EnergyTerm, double[]> term : expected.terms().entrySet()) {
      near(term.getValue(), array(term.getKey().word(), n + ","), 1);
    }
    double[] forces = turned(expected.forces(), atoms, turns, new double[3 * n]);
    near(forces, array("forces", n + ", " + atoms + ", 3"), 3 * atoms);
    double[] u = array("u", n + ",");
    for (int row = 0; row < n; row++) {
      assertEquals(
          expected.energies()[row] / KT, u[row], TOLERANCE * Math.max(1, Math.abs(u[row])));
    }
  }

  private static void near(double[] expected, double[] actual, int width) {
    assertEquals(expected.length, actual.length);
    for (int row = 0; row < expected.length; row += width) {
      double scale = 1;
      for (int i = row; i < row + width; i++) {
        scale = Math.max(scale, Math.abs(expected[i]));
      }
      for (int i = row; i < row + width; i++) {
        assertEquals(expected[i], actual[i], TOLERANCE * scale);
      }
    }
  }

  @Test
  void butaneInAnyPoseHasTheReferencesEnergiesTermsAndForces() throws IOException {
    agrees("shape", "butane_conformations.json", 14);
  }

  @Test
  void alanineDipeptideInAnyPoseHasTheReferencesEnergiesTermsAndForces() throws IOException {
    agrees("peptide", "alanine_dipeptide_conformations.json", 22);
  }

  @Test
  void anotherTemperatureChangesUAndNothingElse() throws IOException {
    double[] x = ReferenceConformations.read("butane_conformations.json").positions();
    configurations("x.npz", x, 14);
    energy("shape", "x.npz", "--precision", "float64");
    double u = array("u", "100,")[0];
    double energy = array("energy", "100,")[0];
    energy("shape", "x.npz", "--precision", "float64", "--set", "T=600 K");
    assertEquals(u / 2, array("u", "100,")[0], 1e-9 * Math.abs(u));
    assertEquals(energy, array("energy", "100,")[0], 0);
  }

  @Test
  void uHasClampAndPenaltyTheEnergyHasNot() throws IOException {
    ReferenceConformations expected = ReferenceConformations.read("butane_conformations.json");
    double[] x = java.util.Arrays.copyOf(expected.positions(), 2 * 42);
    for (int i = 42; i < 84; i++) {
      x[i] = x[i - 42] + (i % 3 == 0 ? 0.1 : 0); // the same shape, 1 Å along
    }
    configurations("x.npz", x, 14);
    assertEquals(ExitCode.OK, energy("posed", "x.npz", "--precision", "float64").code());
    double[] energies = array("energy", "2,");
    assertEquals(expected.energies()[0], energies[0], TOLERANCE * Math.abs(energies[0]));
    assertEquals(energies[0], energies[1], 1e-7);
    double mean = 0;
    for (int carbon : new int[] {3, 6, 9, 13}) {
      mean += x[3 * carbon] / 4;
    }
    double[] u = array("u", "2,");
    double moved = 1_000 * ((mean + 0.1) * (mean + 0.1) - mean * mean) / KT;
    assertEquals(moved, u[1] - u[0], 1e-6);
  }

  @Test
  void aFormulasEnergyIsInKT() throws IOException {
    try (NpzWriter npz = NpzWriter.to(directory.resolve("x.npz"))) {
      npz.write("x", NpzWriter.Width.FLOAT64, List.of(2L, 1L), new double[] {3, -1});
    }
    Terminal.Answer answer = energy("well", "x.npz", "--precision", "float64", "--format", "json");
    assertEquals("kT", new ObjectMapper().readTree(answer.out()).get("unit").asText());
    assertEquals(4.5, array("energy", "2,")[0], 1e-12);
    assertEquals(-3, array("forces", "2, 1")[0], 1e-12);
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    configurations("x.npz", new double[42], 14);
    refused("did you mean `shape`?", energy("shap", "x.npz"));
    refused("has 66", energy("peptide", "x.npz"));
    refused("there is no file", energy("shape", "y.npz"));
    refused("expected an .npz file", energy("shape", "m.flowexp"));
    Files.writeString(directory.resolve("m.flowexp"), FILE.replace("300 K", "300 nm"));
    Terminal.Answer mistake = energy("shape", "x.npz");
    assertEquals(ExitCode.REJECTED, mistake.code());
    assertTrue(mistake.err().contains("error[FX03"), mistake.err());
  }

  private static void refused(String because, Terminal.Answer answer) {
    assertEquals(ExitCode.USAGE, answer.code(), answer.err());
    assertTrue(answer.err().contains(because), answer.err());
  }
}
