package org.flowexp.sampler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.flowexp.coordinates.InternalCoordinates;
import org.flowexp.coordinates.InternalLayout;
import org.flowexp.energy.ForceFieldEnergy;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.molecule.Compound;
import org.flowexp.system.ShapeTarget;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.units.Constants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/**
 * The dipeptide's populations at 300 K, L with trans amides, by the moves of the experiment,
 * against those of independent programs (pooled HMC with torsion rotations, and OpenMM). Errors are
 * those of means over independent chains.
 */
final class DipeptideTest {
  private static final int CHAINS = 128;
  private static final double DEGREE = Math.PI / 180;

  private final Compound compound = Compound.shipped("alanine_dipeptide").orElseThrow();
  private final InternalLayout layout = InternalLayout.of(compound);
  private final InternalCoordinates coordinates = new InternalCoordinates(layout);
  private final MolecularTarget target =
      new MolecularTarget(
          new ForceFieldEnergy(compound.topology().size(), compound.forceField().orElseThrow()),
          Constants.BOLTZMANN * 300,
          Optional.empty(),
          Optional.empty());
  private final ShapeTarget shapes = new ShapeTarget(target, coordinates, layout.scales());

  @Test
  @Tag("slow")
  void populationsAndTheMeanEnergyAreTheReferences() {
    List<Integer> turns = coordinates.circular();
    ParallelTempering sampler =
        new ParallelTempering(
            List.of(1.0),
            List.of(
                new RandomWalk(0.12),
                new TurnTorsions(turns, Math.PI),
                new TurnTorsions(turns, Math.PI, 2)),
            10,
            2_000,
            20,
            CHAINS,
            1);
    Draw draw =
        sampler.draw(shapes, 3_000L * CHAINS, Precision.FLOAT32, SessionOptions.cpu(1), s -> {});
    Samples samples = samples(draw);
    Estimate minor = samples.share(phi -> phi > 0 && phi < 120 * DEGREE ? 1 : 0);
    Estimate loose = samples.share(phi -> phi > 0 ? 1 : 0);
    Estimate c7 = samples.share(phi -> phi < 0 && phi > -110 * DEGREE ? 1 : 0);
    List<String> told = new ArrayList<>();
    told.add("energy evaluations " + draw.energyEvaluations());
    double worst = 0;
    worst = Math.max(worst, tell(told, "0 < phi < 120 deg", minor, 0.00801, 0.00025));
    worst = Math.max(worst, tell(told, "phi > 0", loose, 0.01142, 0.00026));
    worst = Math.max(worst, tell(told, "-110 deg < phi < 0", c7, 0.28416, 0.00166));
    worst = Math.max(worst, tell(told, "energy", samples.energy(), 6.269, 0.015));
    worst = Math.max(worst, tell(told, "dF", minor.difference(target.kT()), 12.02, 0.08));
    System.out.println(String.join(System.lineSeparator(), told));
    assertTrue(worst < 5, told::toString);
    // what it can tell: one degree of freedom more or less, such as a Jacobian left out, is kT/2
    assertTrue(samples.energy().z(6.269 + target.kT() / 2, 0.015) > 5, told::toString);
  }

  private static double tell(
      List<String> told, String what, Estimate found, double expected, double error) {
    double z = found.z(expected, error);
    told.add(
        "%s: %.5f +- %.5f, expected %.5f +- %.5f, z %.1f; inefficiency %.0f samples"
            .formatted(
                what, found.mean(), found.error(), expected, error, z, found.inefficiency()));
    return z;
  }

  /**
   * @param error of means over chains
   * @param inefficiency samples of a chain that weigh as one
   */
  private record Estimate(double mean, double error, double inefficiency) {
    static Estimate of(double[] values) {
      int perChain = values.length / CHAINS;
      double[] means = new double[CHAINS];
      for (int i = 0; i < values.length; i++) {
        means[i % CHAINS] += values[i] / perChain;
      }
      double between = variance(means) * CHAINS / (CHAINS - 1);
      return new Estimate(
          Arrays.stream(values).average().orElseThrow(),
          Math.sqrt(between / CHAINS),
          between * perChain / variance(values));
    }

    private static double variance(double[] values) {
      double mean = Arrays.stream(values).average().orElseThrow();
      return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }

    /** F of a set of this probability, less that of the rest. */
    Estimate difference(double kT) {
      return new Estimate(
          -kT * Math.log(mean / (1 - mean)), kT * error / (mean * (1 - mean)), inefficiency);
    }

    double z(double expected, double itsError) {
      return Math.abs(mean - expected) / Math.hypot(error, itsError);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on at once
  private record Samples(double[] phi, double[] u) {
    Estimate share(DoubleUnaryOperator indicator) {
      return Estimate.of(Arrays.stream(phi).map(indicator).toArray());
    }

    Estimate energy() {
      return Estimate.of(u);
    }
  }

  /** φ and U, kJ/mol, of each sample. */
  private Samples samples(Draw draw) {
    double[] phi = new double[draw.count()];
    double[] energy = new double[draw.count()];
    double[] y = draw.positions();
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> in = g.placeholder(CHAINS, draw.dim());
      Operand<TFloating> x = shapes.placed(g, in).value();
      Operand<TFloating> u = target.reduced(g, x);
      try (Session session = SessionOptions.cpu(1).open(g.graph())) {
        for (int row = 0; row < draw.count(); row += CHAINS) {
          double[] chunk = Arrays.copyOfRange(y, row * draw.dim(), (row + CHAINS) * draw.dim());
          try (var fed = Precision.FLOAT64.tensor(chunk, CHAINS, draw.dim());
              var result = session.runner().feed(in, fed).fetch(x).fetch(u).run()) {
            double[] placed = Precision.values(result.get(0));
            double[] reduced = Precision.values(result.get(1));
            for (int i = 0; i < CHAINS; i++) {
              phi[row + i] = phi(placed, i * target.dim());
              energy[row + i] = reduced[i] * target.kT();
            }
          }
        }
      }
    }
    return new Samples(phi, energy);
  }

  /** The dihedral CLP, NL, CA, CRP by IUPAC's rule: positive clockwise. */
  private static double phi(double[] x, int at) {
    double[] back = minus(x, at, 4, 6);
    double[] axis = minus(x, at, 8, 6);
    double[] front = minus(x, at, 14, 8);
    double[] m = cross(back, axis);
    double[] n = cross(front, axis);
    return Math.atan2(dot(cross(m, n), axis) / Math.sqrt(dot(axis, axis)), dot(m, n));
  }

  private static double[] minus(double[] x, int at, int i, int j) {
    return new double[] {
      x[at + 3 * i] - x[at + 3 * j],
      x[at + 3 * i + 1] - x[at + 3 * j + 1],
      x[at + 3 * i + 2] - x[at + 3 * j + 2]
    };
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
