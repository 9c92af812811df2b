package org.flowexp.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.apache.commons.math3.geometry.euclidean.threed.RotationConvention;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.flowexp.molecule.Angle;
import org.flowexp.molecule.Bond;
import org.flowexp.molecule.ForceField;
import org.flowexp.molecule.Improper;
import org.flowexp.molecule.Molecule;
import org.flowexp.molecule.Pair;
import org.flowexp.molecule.Quadruple;
import org.flowexp.molecule.ShippedMolecules;
import org.flowexp.molecule.Torsion;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** Gradients, invariances, closed forms on few atoms, clashes, clamp and alignment. */
final class EnergyLawsTest {
  private static final double KT = 2.494338785445972;
  private static final Quadruple FOUR = new Quadruple(0, 1, 2, 3);

  @Test
  void theGradientIsTheDifferenceQuotientAwayFromEquilibrium() {
    Molecule molecule = ShippedMolecules.alanineDipeptide();
    MolecularTarget target = posed(molecule);
    // strained, and turned so far that the penalty acts
    double[] x = turned(strained(molecule, 0.01), new double[] {1, 2, 2}, 1.6, 0.02);
    double step = 1e-6;
    double[] moved = new double[2 * x.length * x.length];
    for (int row = 0; row < 2 * x.length; row++) {
      System.arraycopy(x, 0, moved, row * x.length, x.length);
      moved[row * x.length + row / 2] += row % 2 == 0 ? step : -step;
    }
    double[] u = evaluate(target, moved, Precision.FLOAT64)[0];
    double[] gradient = evaluate(target, x, Precision.FLOAT64)[1];
    for (int i = 0; i < x.length; i++) {
      double slope = (u[2 * i] - u[2 * i + 1]) / (2 * step);
      assertEquals(slope, gradient[i], 1e-5 * Math.max(10, Math.abs(slope)));
    }
  }

  @Test
  void theEnergyIsBlindToPoseAndThePenaltyIsNot() {
    Molecule molecule = ShippedMolecules.alanineDipeptide();
    double[] x = strained(molecule, 0.005);
    double[] y = turned(x, new double[] {1, -2, 0.5}, 1.9, 0.05);
    MolecularTarget free = target(molecule.forceField(), 22);
    double there = evaluate(free, x, Precision.FLOAT64)[0][0];
    assertEquals(there, evaluate(free, y, Precision.FLOAT64)[0][0], 1e-9 * Math.abs(there));
    double held = evaluate(posed(molecule), y, Precision.FLOAT64)[0][0];
    assertTrue(held - there > 1);
    double[] mirrored = x.clone();
    for (int i = 0; i < mirrored.length; i += 3) {
      mirrored[i] = -mirrored[i];
    }
    // the correction map and the torsions with a phase know left from right
    assertTrue(Math.abs(there - evaluate(free, mirrored, Precision.FLOAT64)[0][0]) > 0.01);
  }

  @Test
  void equalHydrogensMayChangePlaces() {
    Molecule butane = ShippedMolecules.butane();
    MolecularTarget target = target(butane.forceField(), 14);
    double[] x = strained(butane, 0.01);
    double there = evaluate(target, x, Precision.FLOAT64)[0][0];
    assertEquals(there, evaluate(target, swapped(x, 0, 1), Precision.FLOAT64)[0][0], 1e-10 * there);
    assertTrue(Math.abs(there - evaluate(target, swapped(x, 0, 4), Precision.FLOAT64)[0][0]) > 1);
  }

  @Test
  void twoAtomsHaveTheClosedForms() {
    double r = 0.21;
    double[] x = {0.1, 0.2, 0.3, 0.1 + r * 2 / 3, 0.2 - r / 3, 0.3 + r * 2 / 3};
    ForceField spring =
        field(List.of(new Bond(0, 1, 0.15, 1000)), List.of(), List.of(), List.of(), List.of());
    assertEquals(1000 * 0.06 * 0.06, kilojoules(spring, x), 1e-9);
    ForceField pair =
        field(List.of(), List.of(), List.of(), List.of(), List.of(new Pair(0, 1, -0.2, 0.5, 0.3)));
    double ratio = Math.pow(0.3 / r, 6);
    // 138.935...: e²/(4π ε₀) in kJ nm/mol
    double expected = 0.5 * (ratio * ratio - 2 * ratio) - 0.2 * 138.93545764 / r;
    assertEquals(expected, kilojoules(pair, x), 1e-6 * Math.abs(expected));
  }

  @Test
  void threeAtomsHaveTheirAngle() {
    double theta = 2.0;
    double[] x = {0.1, 0, 0, 0, 0, 0, 0.12 * Math.cos(theta), 0, 0.12 * Math.sin(theta)};
    ForceField bend =
        field(List.of(), List.of(new Angle(0, 1, 2, 1.8, 300)), List.of(), List.of(), List.of());
    assertEquals(300 * 0.04, kilojoules(bend, x), 1e-9);
    double[] line = {0.1, 0, 0, 0, 0, 0, -0.12, 0, 0};
    double[][] straight = evaluate(target(bend, 3), line, Precision.FLOAT32);
    assertTrue(Arrays.stream(straight[1]).allMatch(Double::isFinite));
  }

  @Test
  void fourAtomsHaveTheirDihedral() {
    for (double phi : new double[] {-3.1, -2, -0.4, 0.7, 2.5, 3.13}) {
      // seen along z, from the near bond on y, clockwise is towards −x
      double[] x = {0, 0.1, 0, 0, 0, 0, 0, 0, 0.15, -0.1 * Math.sin(phi), 0.1 * Math.cos(phi), 0.2};
      for (double phase : new double[] {0, 0.4, Math.PI}) {
        for (int n = 1; n <= 6; n++) {
          ForceField torsion =
              field(
                  List.of(),
                  List.of(),
                  List.of(new Torsion(FOUR, n, phase, 3)),
                  List.of(),
                  List.of());
          assertEquals(3 * (1 + Math.cos(n * phi - phase)), kilojoules(torsion, x), 1e-9);
        }
      }
      ForceField improper =
          field(List.of(), List.of(), List.of(), List.of(new Improper(FOUR, 3, 50)), List.of());
      double off = Math.IEEEremainder(phi - 3, 2 * Math.PI);
      assertEquals(50 * off * off, kilojoules(improper, x), 1e-8);
    }
  }

  @Test
  void aClashIsFiniteAndClamped() {
    Molecule butane = ShippedMolecules.butane();
    double[] x = strained(butane, 0);
    System.arraycopy(x, 0, x, 3 * 13, 3);
    MolecularTarget bare = target(butane.forceField(), 14);
    MolecularTarget clamped =
        new MolecularTarget(bare.energy(), KT, Optional.of(new Clamp(500, KT)), Optional.empty());
    for (Precision precision : Precision.values()) {
      double[][] answer = evaluate(clamped, x, precision);
      assertTrue(Double.isFinite(answer[0][0]) && answer[0][0] < 1e6, "energy");
      assertTrue(Arrays.stream(answer[1]).allMatch(Double::isFinite), "gradient");
      assertTrue(evaluate(bare, x, precision)[0][0] > 1e10);
    }
    double[] relaxed = strained(butane, 0);
    assertEquals(
        evaluate(bare, relaxed, Precision.FLOAT64)[0][0],
        evaluate(clamped, relaxed, Precision.FLOAT64)[0][0],
        1e-12);
  }

  @Test
  void theClampIsTheIdentityBelowAndALogarithmAbove() {
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> e = g.placeholder(-1);
      Operand<TFloating> clamped = new Clamp(500, 2).of(g, e);
      Operand<TFloating> slope = Gradients.of(g, clamped, e);
      double[] energies = {-3, 499, 500 + 1e-9, 502, 1e30};
      double[] expected = {
        -3, 499, 500 + 1e-9, 500 + 2 * Math.log(2), 500 + 2 * Math.log(1e30 / 2)
      };
      double[] slopes = {1, 1, 1, 0.5, 2e-30};
      try (Session session = SessionOptions.cpu(1).open(g.graph());
          TFloating fed = Precision.FLOAT64.tensor(energies, 5);
          var result = session.runner().feed(e, fed).fetch(clamped).fetch(slope).run()) {
        assertArrayEquals(expected, Precision.values(result.get(0)), 1e-9);
        assertArrayEquals(slopes, Precision.values(result.get(1)), 1e-8);
      }
    }
  }

  @Test
  void theAlignmentPenaltyHasItsClosedForm() {
    AlignmentPenalty penalty = penalty();
    // the frame along the axes of space, then turned and shifted
    double[] aligned = {0, 0, 0, 0.15, 0, 0, 0.05, 0.14, 0};
    ForceField nothing = field(List.of(), List.of(), List.of(), List.of(), List.of());
    MolecularTarget target =
        new MolecularTarget(
            new ForceFieldEnergy(3, nothing), 1, Optional.empty(), Optional.of(penalty));
    for (double angle : new double[] {0, 0.5, 1.04, 1.2, 2, 3.1}) {
      double[] x = turned(aligned, new double[] {1, 1, -0.3}, angle, 0);
      double[] c = {0, 0, 0};
      for (int i = 0; i < 9; i++) {
        c[i % 3] += x[i] / 3;
      }
      double excess = Math.max(0, 0.5 - Math.cos(angle));
      double expected = 1000 * (c[0] * c[0] + c[1] * c[1] + c[2] * c[2]) + 500 * excess * excess;
      assertEquals(expected, evaluate(target, x, Precision.FLOAT64)[0][0], 1e-9);
    }
  }

  private static AlignmentPenalty penalty() {
    return new AlignmentPenalty(3, List.of(0, 1, 2), List.of(0, 1, 2), 1000, 500, Math.PI / 3);
  }

  private static MolecularTarget target(ForceField field, int atoms) {
    return new MolecularTarget(
        new ForceFieldEnergy(atoms, field), KT, Optional.empty(), Optional.empty());
  }

  private static MolecularTarget posed(Molecule molecule) {
    AlignmentPenalty penalty =
        new AlignmentPenalty(
            22, List.of(8, 6, 14), List.of(0, 4, 6, 8, 10, 14), 1000, 500, Math.PI / 3);
    return new MolecularTarget(
        new ForceFieldEnergy(22, molecule.forceField()),
        KT,
        Optional.of(new Clamp(-100, KT)),
        Optional.of(penalty));
  }

  private static ForceField field(
      List<Bond> bonds,
      List<Angle> angles,
      List<Torsion> torsions,
      List<Improper> impropers,
      List<Pair> pairs) {
    return new ForceField(
        bonds, List.of(), angles, torsions, impropers, List.of(), List.of(), pairs, List.of());
  }

  private static double kilojoules(ForceField field, double[] x) {
    return KT * evaluate(target(field, x.length / 3), x, Precision.FLOAT64)[0][0];
  }

  private static double[] strained(Molecule molecule, double by) {
    var generator = Seeds.generator(5, "strain", 0);
    return molecule.minimum().stream()
        .flatMap(List::stream)
        .mapToDouble(c -> c + by * generator.nextGaussian())
        .toArray();
  }

  private static double[] turned(double[] x, double[] axis, double angle, double shift) {
    Rotation rotation = new Rotation(new Vector3D(axis), angle, RotationConvention.VECTOR_OPERATOR);
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i += 3) {
      double[] in = Arrays.copyOfRange(x, i, i + 3);
      double[] out = new double[3];
      rotation.applyTo(in, out);
      for (int k = 0; k < 3; k++) {
        y[i + k] = out[k] + shift * (k + 1);
      }
    }
    return y;
  }

  private static double[] swapped(double[] x, int a, int b) {
    double[] y = x.clone();
    System.arraycopy(x, 3 * a, y, 3 * b, 3);
    System.arraycopy(x, 3 * b, y, 3 * a, 3);
    return y;
  }

  private static double[][] evaluate(MolecularTarget target, double[] x, Precision precision) {
    try (GraphBuilder g = new GraphBuilder(precision)) {
      Operand<TFloating> fed = g.placeholder(-1, target.dim());
      Operand<TFloating> u = target.reduced(g, fed);
      Operand<TFloating> gradient = Gradients.of(g, u, fed);
      try (Session session = SessionOptions.cpu(1).open(g.graph());
          TFloating rows = precision.tensor(x, x.length / target.dim(), target.dim());
          var result = session.runner().feed(fed, rows).fetch(u).fetch(gradient).run()) {
        return new double[][] {Precision.values(result.get(0)), Precision.values(result.get(1))};
      }
    }
  }
}
