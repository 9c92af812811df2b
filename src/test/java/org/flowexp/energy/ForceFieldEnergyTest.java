package org.flowexp.energy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.flowexp.molecule.ForceField;
import org.flowexp.molecule.Molecule;
import org.flowexp.molecule.ShippedMolecules;
import org.flowexp.tensor.Precision;
import org.junit.jupiter.api.Test;

/** The shipped molecules against energies per term and forces of OpenMM. */
final class ForceFieldEnergyTest {
  private static final double DOUBLE = 1e-6;
  private static final double SINGLE = 1e-4;

  @Test
  void butaneHasTheReferencesEnergiesAndForces() {
    agrees(ShippedMolecules.butane(), "butane_conformations.json");
  }

  @Test
  void alanineDipeptideHasTheReferencesEnergiesAndForces() {
    agrees(ShippedMolecules.alanineDipeptide(), "alanine_dipeptide_conformations.json");
  }

  @Test
  void halfOfAConstantOrATransposedMapIsNoticed() {
    ForceField right = ShippedMolecules.alanineDipeptide().forceField();
    ReferenceConformations reference =
        ReferenceConformations.read("alanine_dipeptide_conformations.json");
    for (ForceField wrong : Mutants.of(right)) {
      double[] energies = evaluate(wrong, 22, reference.positions(), Precision.FLOAT64).energy();
      assertTrue(worst(reference.energies(), energies, 1) > 100 * DOUBLE, "a mutant passes");
    }
  }

  private static void agrees(Molecule molecule, String file) {
    ReferenceConformations reference = ReferenceConformations.read(file);
    int atoms = molecule.topology().size();
    EnergyBench.Answer answer =
        evaluate(molecule.forceField(), atoms, reference.positions(), Precision.FLOAT64);
    reference
        .terms()
        .forEach(
            (term, expected) ->
                atMost(DOUBLE, worst(expected, answer.terms().get(term), 1), term.word()));
    atMost(DOUBLE, worst(reference.energies(), answer.energy(), 1), "energy");
    atMost(DOUBLE, worst(reference.forces(), answer.forces(), 3 * atoms), "forces");
    EnergyBench.Answer single =
        evaluate(molecule.forceField(), atoms, reference.positions(), Precision.FLOAT32);
    atMost(SINGLE, worst(reference.energies(), single.energy(), 1), "energy in float32");
    atMost(SINGLE, worst(reference.forces(), single.forces(), 3 * atoms), "forces in float32");
  }

  private static EnergyBench.Answer evaluate(
      ForceField field, int atoms, double[] positions, Precision precision) {
    try (EnergyBench bench = new EnergyBench(new ForceFieldEnergy(atoms, field), precision)) {
      return bench.evaluate(positions);
    }
  }

  private static void atMost(double bound, double measured, String what) {
    assertTrue(measured <= bound, () -> what + ": " + measured);
  }

  /** Largest |difference| over max(1, the largest |expected| of a row). */
  private static double worst(double[] expected, double[] actual, int width) {
    double worst = expected.length == actual.length ? 0 : Double.POSITIVE_INFINITY;
    for (int row = 0; row < expected.length; row += width) {
      double scale = 1;
      double error = 0;
      for (int i = row; i < row + width; i++) {
        scale = Math.max(scale, Math.abs(expected[i]));
        double off = Math.abs(expected[i] - actual[i]);
        error = Double.isNaN(off) ? Double.POSITIVE_INFINITY : Math.max(error, off);
      }
      worst = Math.max(worst, error / scale);
    }
    return worst;
  }
}
