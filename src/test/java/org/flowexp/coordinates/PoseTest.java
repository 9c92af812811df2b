package org.flowexp.coordinates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.flowexp.energy.AlignmentPenalty;
import org.flowexp.energy.ForceFieldEnergy;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.molecule.Bond;
import org.flowexp.molecule.ForceField;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** Poses against the energy's own penalty, and log Z against an integral over Cartesian space. */
final class PoseTest {
  private static final List<Integer> ALL = List.of(0, 1, 2);
  private static final double MAX = Math.PI / 3;
  private static final int COUNT = 20_000;

  @Test
  void theDrawnPosesHaveThePenaltysMeanAndKeepTheShape() {
    Pose pose = new Pose(ALL, ALL, 20, 8, MAX);
    double[] penalties = penaltiesOf(pose, pose);
    double expected = 1.5 + meanRotationPenalty(8);
    assertTrue(Math.abs(zValue(penalties, expected)) < 5, () -> "z " + zValue(penalties, expected));
  }

  /** The test sees a rotation drawn uniformly in its angle's range, or a colder sampler. */
  @Test
  void posesOfAnotherLawAreNoticed() {
    Pose right = new Pose(ALL, ALL, 20, 8, MAX);
    double expected = 1.5 + meanRotationPenalty(8);
    for (Pose wrong : List.of(new Pose(ALL, ALL, 10, 8, MAX), new Pose(ALL, ALL, 20, 4, MAX))) {
      assertTrue(Math.abs(zValue(penaltiesOf(wrong, right), expected)) > 10);
    }
  }

  /**
   * ∫ exp(−U − penalty) d⁹x by importance sampling over the nine Cartesian coordinates of a soft
   * triangle, against the integral over its three distances and the formula for the pose.
   */
  @Test
  void logZOfCartesianCoordinatesIsThatOfShapesAndThePoses() {
    Pose pose = new Pose(ALL, ALL, 2, 3, MAX);
    double stiffness = 6;
    List<Bond> bonds =
        List.of(
            new Bond(0, 1, 1, stiffness),
            new Bond(0, 2, 1, stiffness),
            new Bond(1, 2, 1, stiffness));
    double logShape = Math.log(triangle(stiffness));
    double spread = 0.55;
    double[] centre = {-0.5, -0.3, 0, 0.5, -0.3, 0, 0, 0.6, 0};
    var random = Seeds.generator(3, "cartesian", 0);
    int samples = 200_000;
    double[] x = new double[9 * samples];
    double[] logProposal = new double[samples];
    for (int i = 0; i < x.length; i++) {
      double normal = random.nextGaussian();
      x[i] = centre[i % 9] + spread * normal;
      logProposal[i / 9] -= normal * normal / 2 + Math.log(spread * Math.sqrt(2 * Math.PI));
    }
    double[] u = energies(bonds, pose, x);
    double[] weights = new double[samples];
    double expected = logShape + pose.logVolume();
    for (int i = 0; i < samples; i++) {
      weights[i] = Math.exp(-u[i] - logProposal[i] - expected);
    }
    double z = zValue(weights, 1);
    assertTrue(Math.abs(z) < 5, () -> "z " + z);
    double forgotten = Math.exp(-Math.log(8 * Math.PI * Math.PI));
    assertTrue(Math.abs(zValue(weights, forgotten)) > 20);
    double tolerance = 0.05;
    assertEquals(1, mean(weights), tolerance);
  }

  /** ∫ r₂² r₃² sin θ dr dr dθ with d₂₃ as the third variable: sin θ dθ = d dd/(r₂ r₃). */
  private static double triangle(double k) {
    int n = 120;
    double top = 3.5;
    double h = top / n;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double a = (i + 0.5) * h;
        double b = (j + 0.5) * h;
        double low = Math.abs(a - b);
        double width = (a + b - low) / n;
        for (int l = 0; l < n; l++) {
          double d = low + (l + 0.5) * width;
          double u = k * ((a - 1) * (a - 1) + (b - 1) * (b - 1) + (d - 1) * (d - 1));
          sum += a * b * d * Math.exp(-u) * h * h * width;
        }
      }
    }
    return sum;
  }

  private static double meanRotationPenalty(double k) {
    double weight = 0;
    double energy = 0;
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      double angle = (i + 0.5) * Math.PI / n;
      double excess = Math.max(0, Math.cos(MAX) - Math.cos(angle));
      double w = (1 - Math.cos(angle)) * Math.exp(-k * excess * excess);
      weight += w;
      energy += w * k * excess * excess;
    }
    return energy / weight;
  }

  private static double[] penaltiesOf(Pose drawn, Pose judged) {
    double[] shape = {5, 5, 5, 5.1, 5.05, 5, 5, 5.1, 5.1};
    SplittableRandom random = Seeds.generator(1, "poses", 0);
    Geometry before = new Geometry(shape);
    double[] all = new double[9 * COUNT];
    for (int i = 0; i < COUNT; i++) {
      double[] x = drawn.redrawn(shape, random);
      Geometry after = new Geometry(x);
      for (int a = 0; a < 3; a++) {
        assertEquals(before.distance(a, (a + 1) % 3), after.distance(a, (a + 1) % 3), 1e-12);
      }
      System.arraycopy(x, 0, all, 9 * i, 9);
    }
    return energies(List.of(), judged, all);
  }

  /** U + penalty with kT = 1, by the graph. */
  private static double[] energies(List<Bond> bonds, Pose pose, double[] x) {
    ForceField field =
        new ForceField(
            bonds, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of());
    AlignmentPenalty penalty =
        new AlignmentPenalty(3, ALL, ALL, pose.translation(), pose.rotation(), pose.maxRotation());
    MolecularTarget target =
        new MolecularTarget(
            new ForceFieldEnergy(3, field), 1, Optional.empty(), Optional.of(penalty));
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> fed = g.placeholder(-1, 9);
      Operand<TFloating> u = target.reduced(g, fed);
      try (Session session = SessionOptions.cpu(1).open(g.graph());
          TFloating rows = Precision.FLOAT64.tensor(x, x.length / 9, 9);
          var result = session.runner().feed(fed, rows).fetch(u).run()) {
        return Precision.values(result.get(0));
      }
    }
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double zValue(double[] values, double expected) {
    double mean = mean(values);
    double square = 0;
    for (double value : values) {
      square += (value - mean) * (value - mean);
    }
    return (mean - expected) / Math.sqrt(square / values.length / values.length);
  }
}
