package org.flowexp.energy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.flowexp.molecule.Molecule;
import org.flowexp.molecule.ShippedMolecules;
import org.flowexp.tensor.Precision;
import org.junit.jupiter.api.Test;

/** The shipped molecules against energies per term and forces of OpenMM. */
final class ForceFieldEnergyTest {

  @Test
  void butaneHasTheReferencesEnergiesAndForces() {
    agrees(ShippedMolecules.butane(), "butane_conformations.json");
  }

  @Test
  void alanineDipeptideHasTheReferencesEnergiesAndForces() {
    agrees(ShippedMolecules.alanineDipeptide(), "alanine_dipeptide_conformations.json");
  }

  private static void agrees(Molecule molecule, String file) {
    ReferenceConformations reference = ReferenceConformations.read(file);
    int atoms = molecule.topology().size();
    ForceFieldEnergy energy = new ForceFieldEnergy(atoms, molecule.forceField());
    try (EnergyBench bench = new EnergyBench(energy, Precision.FLOAT64)) {
      EnergyBench.Answer answer = bench.evaluate(reference.positions());
      reference
          .terms()
          .forEach(
              (term, expected) -> {
                double error = worst(expected, answer.terms().get(term), 1);
                assertTrue(error < 1e-6, () -> term + ": " + error);
              });
      double total = worst(reference.energies(), answer.energy(), 1);
      double force = worst(reference.forces(), answer.forces(), 3 * atoms);
      assertTrue(total < 1e-6, () -> "energy: " + total);
      assertTrue(force < 1e-6, () -> "forces: " + force);
    }
    try (EnergyBench bench = new EnergyBench(energy, Precision.FLOAT32)) {
      EnergyBench.Answer answer = bench.evaluate(reference.positions());
      double total = worst(reference.energies(), answer.energy(), 1);
      double force = worst(reference.forces(), answer.forces(), 3 * atoms);
      double[] x = new double[3000 * atoms];
      for (int i = 0; i < x.length; i++) {
        x[i] = reference.positions()[i % reference.positions().length];
      }
      System.out.println(
          "us " + bench.microseconds(x, false, 200) + " " + bench.microseconds(x, true, 200));
    }
  }

  /** Largest |difference| over max(1, the largest |expected| of a row). */
  private static double worst(double[] expected, double[] actual, int width) {
    double worst = 0;
    for (int row = 0; row < expected.length; row += width) {
      double scale = 1;
      double error = 0;
      for (int i = row; i < row + width; i++) {
        scale = Math.max(scale, Math.abs(expected[i]));
        error = Math.max(error, Math.abs(expected[i] - actual[i]));
        if (Double.isNaN(actual[i])) {
          return Double.POSITIVE_INFINITY;
        }
      }
      worst = Math.max(worst, error / scale);
    }
    assertTrue(expected.length == actual.length, Arrays.toString(new int[] {width}));
    return worst;
  }
}
