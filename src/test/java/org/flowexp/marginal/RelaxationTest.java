package org.flowexp.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.flowexp.coordinates.Attachment;
import org.flowexp.coordinates.InternalLayout;
import org.flowexp.energy.ForceFieldEnergy;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.molecule.Compound;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.units.Constants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** Hydrogens of alanine dipeptide brought to the minimum of their energy. */
final class RelaxationTest {
  /** kJ/mol, C5, as OpenMM minimises all atoms. */
  private static final double MINIMUM = -69.1711;

  private final Compound compound = Compound.shipped("alanine_dipeptide").orElseThrow();
  private final double[] reference =
      compound.reference().stream().mapToDouble(Double::doubleValue).toArray();
  private final MolecularTarget target =
      new MolecularTarget(
          new ForceFieldEnergy(22, compound.forceField().orElseThrow()),
          Constants.BOLTZMANN * 300,
          Optional.empty(),
          Optional.empty());
  private final Attachment attachment = Attachment.ofHydrogens(compound);
  private final Attached energy = new Attached(target, attachment, SessionOptions.cpu(1));
  private final Relaxation relaxation =
      new Relaxation(energy, attachment.turns(InternalLayout.of(compound)));

  @AfterEach
  void close() {
    energy.close();
  }

  /** The reference with every atom moved by a normal number, nm; of hydrogens more. */
  private List<double[]> strained(int count, double heavy, double hydrogens) {
    SplittableRandom random = Seeds.generator(3, "strained", 0);
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] x = reference.clone();
      for (int k = 0; k < x.length; k++) {
        boolean fixed = attachment.outside().contains(k / 3);
        x[k] += (fixed ? heavy : hydrogens) * random.nextGaussian();
      }
      all.add(x);
    }
    return all;
  }

  private double[] placed(double[] x, Relaxation.Minimum minimum) {
    return energy.positions(x, minimum.y());
  }

  /** u and ∂u/∂x of all atoms, by Cartesian coordinates. */
  private double[][] cartesian(double[] x) {
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> in = g.placeholder(-1, x.length);
      Operand<TFloating> u = target.reduced(g, in);
      Operand<TFloating> gradient = Gradients.of(g, g.sum(u, 0), in);
      try (Session session = SessionOptions.cpu(1).open(g.graph());
          var fed = Precision.FLOAT64.tensor(x, 1, x.length);
          var result = session.runner().feed(in, fed).fetch(u).fetch(gradient).run()) {
        return new double[][] {Precision.values(result.get(0)), Precision.values(result.get(1))};
      }
    }
  }

  private double largestForce(double[] x, List<Integer> atoms) {
    double[] gradient = cartesian(x)[1];
    return atoms.stream()
        .flatMapToDouble(atom -> IntStream.range(0, 3).mapToDouble(k -> gradient[3 * atom + k]))
        .map(Math::abs)
        .max()
        .orElseThrow();
  }

  @Test
  void aroundTheHeavyAtomsOfAMinimumTheEnergyIsThatOfAnotherProgramsMinimum() {
    for (Relaxation.Minimum minimum : relaxation.of(strained(4, 0, 0.02))) {
      assertTrue(minimum.arrived());
      assertEquals(MINIMUM, minimum.u() * target.kT(), 2e-4);
    }
    double strained = cartesian(strained(1, 0, 0.02).get(0))[0][0] * target.kT();
    assertTrue(strained > MINIMUM + 50, "where it began: " + strained);
  }

  @Test
  void noForceIsLeftOnHydrogensAndMuchOnHeavyAtoms() {
    List<double[]> all = strained(4, 0.005, 0.01);
    List<Relaxation.Minimum> minima = relaxation.of(all);
    List<Integer> hydrogens = attachment.rows().stream().map(row -> row.atom()).toList();
    for (int i = 0; i < all.size(); i++) {
      double[] x = placed(all.get(i), minima.get(i));
      assertTrue(largestForce(x, hydrogens) < 0.02, () -> "kT/nm");
      assertTrue(largestForce(x, attachment.outside()) > 100);
      for (int atom : attachment.outside()) {
        for (int k = 3 * atom; k < 3 * atom + 3; k++) {
          assertEquals(all.get(i)[k], x[k]);
        }
      }
    }
  }

  @Test
  void theSlopeOfTheMinimumIsThatOfTheEnergyAtIt() {
    double[] x = strained(1, 0.005, 0.01).get(0);
    double[] there = placed(x, relaxation.of(List.of(x)).get(0));
    double[] slope = cartesian(there)[1];
    double[] unrelaxed = cartesian(x)[1];
    double step = 1e-5;
    double wrong = 0;
    for (int atom : List.of(0, 8, 10)) {
      for (int k = 3 * atom; k < 3 * atom + 3; k++) {
        double[] up = there.clone();
        double[] down = there.clone();
        up[k] += step;
        down[k] -= step;
        List<Relaxation.Minimum> both = relaxation.of(List.of(up, down));
        double quotient = (both.get(0).u() - both.get(1).u()) / (2 * step);
        assertEquals(quotient, slope[k], 1e-3 * Math.max(100, Math.abs(quotient)));
        wrong = Math.max(wrong, Math.abs(quotient - unrelaxed[k]));
      }
    }
    assertTrue(wrong > 100, "without relaxation it is another: " + wrong);
  }

  @Test
  void hydrogensFollowTheHeavyAtoms() {
    double[] x = strained(1, 0.005, 0.01).get(0);
    double[] turned = new double[x.length];
    Rotation turn = new Rotation(0.3, -0.5, 0.2, 0.8, true);
    double[] in = new double[3];
    double[] out = new double[3];
    double[] here = placed(x, relaxation.of(List.of(x)).get(0));
    double[] expected = new double[x.length];
    for (int atom = 0; atom < 22; atom++) {
      System.arraycopy(x, 3 * atom, in, 0, 3);
      turn.applyTo(in, out);
      System.arraycopy(out, 0, turned, 3 * atom, 3);
      System.arraycopy(here, 3 * atom, in, 0, 3);
      turn.applyTo(in, out);
      System.arraycopy(out, 0, expected, 3 * atom, 3);
    }
    double[] there = placed(turned, relaxation.of(List.of(turned)).get(0));
    double worst =
        IntStream.range(0, there.length)
            .mapToDouble(k -> Math.abs(there[k] - expected[k]))
            .max()
            .orElseThrow();
    assertTrue(worst < 1e-5, () -> "nm: " + worst);
    assertTrue(
        Arrays.stream(there).boxed().toList().hashCode()
            != Arrays.stream(here).boxed().toList().hashCode());
  }

  @Test
  void moreStartsFindNothingLower() {
    List<double[]> all = strained(6, 0.006, 0.01);
    List<Relaxation.Minimum> minima = relaxation.of(all);
    int[] methyls = {1, 2, 3, 11, 12, 13, 19, 20, 21};
    SplittableRandom random = Seeds.generator(4, "starts", 0);
    for (int i = 0; i < all.size(); i++) {
      double[] other = all.get(i).clone();
      for (int atom : methyls) {
        for (int k = 3 * atom; k < 3 * atom + 3; k++) {
          other[k] += 0.02 * random.nextGaussian();
        }
      }
      assertEquals(minima.get(i).u(), relaxation.of(List.of(other)).get(0).u(), 1e-7);
      assertTrue(minima.get(i).spread() < 50);
    }
  }
}
