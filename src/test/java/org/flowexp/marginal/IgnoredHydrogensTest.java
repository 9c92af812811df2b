package org.flowexp.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.flowexp.coordinates.Attachment;
import org.flowexp.coordinates.InternalLayout;
import org.flowexp.energy.ForceFieldEnergy;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.molecule.Angle;
import org.flowexp.molecule.Atom;
import org.flowexp.molecule.Bond;
import org.flowexp.molecule.Compound;
import org.flowexp.molecule.Couple;
import org.flowexp.molecule.ForceField;
import org.flowexp.molecule.Quadruple;
import org.flowexp.molecule.Topology;
import org.flowexp.molecule.Torsion;
import org.flowexp.molecule.TreeRow;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;

/**
 * Weights of samples on molecules whose integrals over hydrogens are sums over a grid: a hydrogen
 * held by four springs, whose heavy atoms have two shapes, and a methyl group.
 */
final class IgnoredHydrogensTest {
  private static final double KT = 2.5;
  private static final int SAMPLES = 6_400;
  private static final double SHARE = 0.3;

  /** To the centre and to its three heavy neighbours: length, nm, and stiffness, kJ/mol/nm². */
  private static final double[][] SPRINGS = {
    {0.11, 20_000}, {0.21, 4_000}, {0.215, 3_000}, {0.205, 5_000}
  };

  /** Heavy atoms: a centre and three neighbours, as of a tetrahedron and flatter. */
  private static final double[] STEEP = {
    0, 0, 0, 0.15, 0, -0.05, -0.08, 0.13, -0.05, -0.08, -0.13, -0.05
  };

  private static final double[] FLAT = {
    0, 0, 0, 0.15, 0, 0.03, -0.08, 0.13, 0.02, -0.08, -0.13, 0.02
  };

  private static Atom atom(String element, int i) {
    return new Atom(element + i, element, element, "X", "1", 12, 0);
  }

  private static Compound compound(
      List<Atom> atoms, ForceField field, List<TreeRow> tree, double[] reference) {
    List<Couple> bonds =
        tree.stream().skip(1).map(r -> new Couple(r.atom(), r.distanceTo())).toList();
    Topology topology =
        new Topology("toy", atoms, bonds, List.of(), List.of(), List.of(), List.of());
    return new Compound(
        topology, Optional.of(field), "toy", tree, Arrays.stream(reference).boxed().toList());
  }

  private static MolecularTarget target(Compound compound) {
    return new MolecularTarget(
        new ForceFieldEnergy(compound.topology().size(), compound.forceField().orElseThrow()),
        KT,
        Optional.empty(),
        Optional.empty());
  }

  private static Compound springs() {
    List<Bond> bonds = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      bonds.add(new Bond(i, 4, SPRINGS[i][0], SPRINGS[i][1]));
    }
    ForceField field =
        new ForceField(
            bonds, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of());
    List<TreeRow> tree =
        List.of(
            new TreeRow(0, -1, -1, -1),
            new TreeRow(1, 0, -1, -1),
            new TreeRow(2, 0, 1, -1),
            new TreeRow(3, 0, 1, 2),
            new TreeRow(4, 0, 1, 2));
    return compound(
        List.of(atom("C", 0), atom("C", 1), atom("C", 2), atom("C", 3), atom("H", 4)),
        field,
        tree,
        with(STEEP, new double[] {0.01, 0.01, 0.11}));
  }

  private static double[] with(double[] heavy, double[] hydrogen) {
    double[] x = Arrays.copyOf(heavy, heavy.length + 3);
    System.arraycopy(hydrogen, 0, x, heavy.length, 3);
    return x;
  }

  private static double u(double[] heavy, double[] h) {
    double u = 0;
    for (int i = 0; i < 4; i++) {
      double stretch = distance(heavy, i, h) - SPRINGS[i][0];
      u += SPRINGS[i][1] * stretch * stretch / KT;
    }
    return u;
  }

  private static double distance(double[] heavy, int i, double[] h) {
    return Math.sqrt(
        IntStream.range(0, 3)
            .mapToDouble(k -> (h[k] - heavy[3 * i + k]) * (h[k] - heavy[3 * i + k]))
            .sum());
  }

  /** All of the hydrogen's law on one side of the heavy atoms: Z, the least u, and samples. */
  private static final class Grid {
    private static final int POINTS = 120;
    private static final double EDGE = 0.36;
    private final double[] heavy;
    private final double[] cumulative = new double[POINTS * POINTS * POINTS];
    private double[] best = new double[3];
    private double least = Double.POSITIVE_INFINITY;

    Grid(double[] heavy) {
      this.heavy = heavy;
      double sum = 0;
      for (int i = 0; i < cumulative.length; i++) {
        double[] h = cell(i, new double[] {0.5, 0.5, 0.5});
        double u = h[2] < 0 ? Double.POSITIVE_INFINITY : u(heavy, h);
        if (u < least) {
          least = u;
          best = h;
        }
        sum += Math.exp(-u);
        cumulative[i] = sum;
      }
    }

    private double[] cell(int i, double[] within) {
      double step = EDGE / POINTS;
      int[] places = {i % POINTS, i / POINTS % POINTS, i / POINTS / POINTS};
      double[] h = new double[3];
      Arrays.setAll(h, k -> step * (places[k] + within[k]) - EDGE / 2);
      return h;
    }

    double z() {
      return cumulative[cumulative.length - 1] * Math.pow(EDGE / POINTS, 3);
    }

    /** A cell by its weight, and a place in it: exact to the width of a cell. */
    double[] drawn(SplittableRandom random) {
      int found =
          Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
      int i = found < 0 ? -found - 1 : found;
      double[] h = new double[3];
      double[] middle = cell(i, new double[] {0.5, 0.5, 0.5});
      do {
        h = cell(i, new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()});
      } while (random.nextDouble() > Math.exp(u(heavy, middle) - u(heavy, h)) / 4);
      return h;
    }

    /** By Newton's method on the springs: the minimum, and ½ log det of its closed form. */
    double[] minimum() {
      double[] h = best.clone();
      double[][] hessian = new double[3][3];
      for (int round = 0; round < 30; round++) {
        double[] slope = new double[3];
        hessian = new double[3][3];
        for (int i = 0; i < 4; i++) {
          double length = distance(heavy, i, h);
          double pull = 2 * SPRINGS[i][1] / KT;
          for (int a = 0; a < 3; a++) {
            double na = (h[a] - heavy[3 * i + a]) / length;
            slope[a] += pull * (length - SPRINGS[i][0]) * na;
            for (int b = 0; b < 3; b++) {
              double nb = (h[b] - heavy[3 * i + b]) / length;
              double tangent = (a == b ? 1 : 0) - na * nb;
              hessian[a][b] += pull * (na * nb + (1 - SPRINGS[i][0] / length) * tangent);
            }
          }
        }
        double[] step =
            new LUDecomposition(new Array2DRowRealMatrix(hessian))
                .getSolver()
                .solve(new Array2DRowRealMatrix(slope))
                .getColumn(0);
        for (int a = 0; a < 3; a++) {
          h[a] -= step[a];
        }
      }
      double determinant = new LUDecomposition(new Array2DRowRealMatrix(hessian)).getDeterminant();
      return new double[] {u(heavy, h), Math.log(determinant) / 2};
    }
  }

  @Test
  void theModeWeighsWhatTheIntegralsOverAGridSay() {
    Grid steep = new Grid(STEEP);
    Grid flat = new Grid(FLAT);
    SplittableRandom random = Seeds.generator(11, "hydrogens", 0);
    boolean[] inside = new boolean[SAMPLES];
    List<double[]> x = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      inside[i] = i % 10 < 10 * SHARE;
      Grid grid = inside[i] ? flat : steep;
      x.add(with(grid.heavy, grid.drawn(random)));
    }
    List<IgnoredHydrogens.Weight> weights;
    Compound compound = springs();
    try (var hydrogens = new IgnoredHydrogens(target(compound), compound, SessionOptions.cpu(1))) {
      weights = hydrogens.of(x);
    }
    for (int i = 0; i < 4; i++) {
      double[] exact = (inside[i] ? flat : steep).minimum();
      assertEquals(exact[1], weights.get(i).halfLogDeterminant(), 1e-5);
    }
    int[] rows = IntStream.range(0, SAMPLES).toArray();
    double[] minimum = weights.stream().mapToDouble(w -> w.logMinimum()).toArray();
    double[] harmonic = weights.stream().mapToDouble(w -> w.logHarmonic()).toArray();
    ModeShift.Estimate found = new ModeShift(inside, rows, minimum).weighted();
    ModeShift.Estimate corrected = new ModeShift(inside, rows, harmonic).weighted();
    double flatMinimum = flat.minimum()[0];
    double steepMinimum = steep.minimum()[0];
    double exact =
        odds(SHARE / (1 - SHARE) * Math.exp(steepMinimum - flatMinimum) * steep.z() / flat.z());
    near(exact, found);
    double exactHarmonic =
        odds(
            SHARE
                / (1 - SHARE)
                * Math.exp(steepMinimum + steep.minimum()[1] - flatMinimum - flat.minimum()[1])
                * steep.z()
                / flat.z());
    near(exactHarmonic, corrected);
    assertTrue(Math.abs(exact - SHARE) > 10 * found.error(), "there is a bias: " + exact);
    assertTrue(
        Math.abs(exact - exactHarmonic) > 10 * corrected.error(),
        "and the correction changes it: " + exactHarmonic);
    assertTrue(
        Math.abs(exactHarmonic - SHARE) < Math.abs(exact - SHARE) / 3,
        "towards that of all atoms: " + exact + ", " + exactHarmonic);
    // g without its norm, which is √det H, would be the other target's weight
    assertTrue(Math.abs(corrected.value() - exact) > 10 * corrected.error(), corrected::toString);
  }

  private static double odds(double ratio) {
    return ratio / (1 + ratio);
  }

  private static void near(double expected, ModeShift.Estimate found) {
    assertEquals(expected, found.value(), 5 * found.error(), found::toString);
    assertTrue(found.error() < 0.02 * expected, found::toString);
  }

  /** A - B - C with three hydrogens on C, whose angles have this stiffness, kJ/mol. */
  private static Compound methyl(double stiffness) {
    List<Bond> bonds =
        List.of(
            new Bond(2, 3, 0.11, 30_000),
            new Bond(2, 4, 0.11, 30_000),
            new Bond(2, 5, 0.11, 30_000));
    List<Angle> angles = new ArrayList<>();
    for (int i = 3; i < 6; i++) {
      angles.add(new Angle(1, 2, i, 1.9, stiffness));
      for (int j = i + 1; j < 6; j++) {
        angles.add(new Angle(i, 2, j, 1.89, stiffness));
      }
    }
    List<Torsion> torsions = new ArrayList<>();
    for (int i = 3; i < 6; i++) {
      torsions.add(new Torsion(new Quadruple(0, 1, 2, i), 3, 0, 0.6));
    }
    ForceField field =
        new ForceField(
            bonds, List.of(), angles, torsions, List.of(), List.of(), List.of(), List.of(),
            List.of());
    List<TreeRow> tree =
        List.of(
            new TreeRow(1, -1, -1, -1),
            new TreeRow(0, 1, -1, -1),
            new TreeRow(2, 1, 0, -1),
            new TreeRow(3, 2, 1, 0),
            new TreeRow(4, 2, 1, 3),
            new TreeRow(5, 2, 1, 3));
    double[] reference = {
      0.03, 0.15, 0, 0, 0, 0, 0.15, 0, 0, 0.19, -0.1, 0, 0.19, 0.05, 0.09, 0.19, 0.05, -0.09
    };
    List<Atom> atoms =
        List.of(atom("C", 0), atom("C", 1), atom("C", 2), atom("H", 3), atom("H", 4), atom("H", 5));
    return compound(atoms, field, tree, reference);
  }

  /**
   * ∫ g dx_H = 1, by samples of a wider law q of the internal coordinates, turned by any angle: the
   * mean of g/q, q in Cartesian coordinates too.
   */
  @Test
  void theDensityOfAMethylGroupIntegratesToOne() {
    Compound compound = methyl(140);
    double[] reference = compound.reference().stream().mapToDouble(v -> v).toArray();
    Attachment attachment = Attachment.ofHydrogens(compound);
    List<Attachment.Turn> turns = attachment.turns(InternalLayout.of(compound));
    assertEquals(List.of(new Attachment.Turn(0, 1, 2)), turns);
    try (Attached energy = new Attached(target(compound), attachment, SessionOptions.cpu(1))) {
      double[] y = new Relaxation(energy, turns).of(List.of(reference)).get(0).y();
      Well well = new Well(attachment, turns, y, curvature(energy, reference, y));
      double[] widths = {8e-3, 8e-3, 8e-3, 0.13, 0.13, 0.13, 0, 0.17, 0.17};
      SplittableRandom random = Seeds.generator(5, "wider", 0);
      int n = 40_000;
      double[] drawn = new double[n * 9];
      double[] logQ = new double[n];
      for (int i = 0; i < n; i++) {
        double[] one = y.clone();
        logQ[i] = -Math.log(2 * Math.PI);
        for (int k = 0; k < 9; k++) {
          if (k == 6) {
            one[k] += 2 * Math.PI * random.nextDouble();
            continue;
          }
          double z = random.nextGaussian();
          one[k] += widths[k] * z;
          logQ[i] -= z * z / 2 + Math.log(widths[k] * Math.sqrt(2 * Math.PI));
        }
        logQ[i] -= attachment.logVolume(one);
        System.arraycopy(one, 0, drawn, i * 9, 9);
      }
      double[] x = energy.positions(Attached.repeated(reference, n), drawn);
      double[] ratios = new double[n];
      for (int i = 0; i < n; i++) {
        ratios[i] = Math.exp(well.logDensity(Arrays.copyOfRange(x, i * 18, i * 18 + 18)) - logQ[i]);
      }
      double mean = Arrays.stream(ratios).average().orElseThrow();
      double error = Math.sqrt(Arrays.stream(ratios).map(r -> (r - mean) * (r - mean)).sum()) / n;
      assertEquals(1, mean, 5 * error, () -> mean + " +- " + error);
      assertTrue(
          error < 0.02, () -> "a factor, such as the three orders of atoms, shows: " + error);
    }
  }

  private static double[][] curvature(Attached energy, double[] x, double[] y) {
    double[][] k = new double[9][9];
    for (int i = 0; i < 9; i++) {
      double step = i < 3 ? 1e-6 : 1e-4;
      double[] up = y.clone();
      double[] down = y.clone();
      up[i] += step;
      down[i] -= step;
      double[] above = energy.slopes(x, up).gradient();
      double[] below = energy.slopes(x, down).gradient();
      for (int j = 0; j < 9; j++) {
        k[i][j] += (above[j] - below[j]) / (4 * step);
        k[j][i] += (above[j] - below[j]) / (4 * step);
      }
    }
    return k;
  }

  /**
   * Three torsions of one group, so stiff that it turns as a whole: 2π exp(−3 V/kT) I₀(3 V/kT) over
   * one harmonic well, by a sum.
   */
  @Test
  void aMethylGroupsWellsAreCountedByQuadrature() {
    Compound compound = methyl(20_000);
    double[] x = compound.reference().stream().mapToDouble(v -> v).toArray();
    try (var hydrogens = new IgnoredHydrogens(target(compound), compound, SessionOptions.cpu(1))) {
      double wells = hydrogens.of(List.of(x)).get(0).wells().get(0);
      double height = 3 * 0.6 / KT;
      double sum = 0;
      int points = 1_000;
      for (int i = 0; i < points; i++) {
        sum += Math.exp(-height * (1 - Math.cos(2 * Math.PI * i / points))) / points;
      }
      double exact = 2 * Math.PI * sum / Math.sqrt(2 * Math.PI / (9 * height));
      assertEquals(exact, wells, 2e-3 * exact);
      assertTrue(Math.abs(exact - 3) > 0.1, "they are not three harmonic wells: " + exact);
    }
  }
}
