package org.flowexp.coordinates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.flowexp.energy.ForceFieldEnergy;
import org.flowexp.energy.MolecularTarget;
import org.flowexp.flow.Mapped;
import org.flowexp.molecule.Couple;
import org.flowexp.molecule.Molecule;
import org.flowexp.molecule.ShippedMolecules;
import org.flowexp.molecule.TreeRow;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** Internal coordinates of both shipped molecules, with the written tree and a grown one. */
final class InternalCoordinatesTest {
  private static final int ROWS = 20;
  private static final double STEP = 1e-6;
  private static final Map<String, Bench> BENCHES = new HashMap<>();

  record Case(String name, Molecule molecule, PlacementTree tree, Set<Couple> held) {
    Case(String name, Molecule molecule, PlacementTree tree) {
      this(name, molecule, tree, Set.of());
    }

    InternalCoordinates coordinates() {
      return new InternalCoordinates(new InternalLayout(tree, reference(), held));
    }

    double[] reference() {
      return molecule.minimum().stream()
          .flatMap(List::stream)
          .mapToDouble(Double::doubleValue)
          .toArray();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    Molecule peptide = ShippedMolecules.alanineDipeptide();
    Case held =
        new Case(
            "alanine_dipeptide, amides held",
            peptide,
            PlacementTree.written(peptide.tree()),
            AmideBonds.of(peptide.topology()));
    Stream<Case> free =
        Stream.of(ShippedMolecules.butane(), peptide)
            .flatMap(
                molecule ->
                    Stream.of(
                        new Case(
                            molecule.topology().name() + ", written",
                            molecule,
                            PlacementTree.written(molecule.tree())),
                        new Case(
                            molecule.topology().name() + ", grown",
                            molecule,
                            PlacementTree.of(molecule.topology()))));
    return Stream.concat(free, Stream.of(held));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void latentAndBackIsTheIdentityAndLogDetsCancel(Case each) {
    Bench bench = bench(each);
    double[] z = latents(each, 1, 0.5);
    double[][] there = bench.forward(z);
    double[][] back = bench.inverse(there[0]);
    assertClose(z, back[0], 1e-8);
    for (int i = 0; i < ROWS; i++) {
      assertEquals(0, there[1][i] + back[1][i], 1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aConformationInAnyPoseComesBackTurned(Case each) {
    Bench bench = bench(each);
    double[] reference = each.reference();
    double[] latent = bench.inverse(reference)[0];
    for (int i = 0; i < latent.length; i++) {
      double off = each.coordinates().reference().get(i) - latent[i];
      assertEquals(0, Math.IEEEremainder(off, 2 * Math.PI), 1e-8);
    }
    double[] again = bench.forward(bench.inverse(reference)[0])[0];
    Geometry one = new Geometry(reference);
    Geometry other = new Geometry(again);
    int atoms = each.molecule().topology().size();
    for (int i = 0; i < atoms; i++) {
      for (int j = 0; j < i; j++) {
        assertEquals(one.distance(i, j), other.distance(i, j), 1e-10);
      }
    }
    // Distances cannot tell mirror images apart.
    assertEquals(one.dihedral(1, 0, 6, 3), other.dihedral(1, 0, 6, 3), 1e-8);
  }

  /** d³ᴺx = dc dR · (shape measure): the embedding with a pose has the same determinant. */
  @ParameterizedTest
  @MethodSource("cases")
  void theLogDetIsThatOfShapePositionAndOrientation(Case each) {
    Bench bench = bench(each);
    double[] z = latents(each, 2, 0.5);
    double[] claimed = bench.forward(z)[1];
    for (int row = 0; row < 3; row++) {
      double volume = logVolume(bench, Arrays.copyOfRange(z, row * bench.k, (row + 1) * bench.k));
      assertEquals(volume, claimed[row], 1e-5);
      // What the determinant onto the free Cartesian coordinates gives is another number.
      assertTrue(Math.abs(volume - 2 - claimed[row]) > 1);
    }
  }

  private static double logVolume(Bench bench, double[] z) {
    int n = bench.dim;
    double[][] columns = new double[n][];
    double[] moved = bench.forward(moved(z, STEP))[0];
    for (int i = 0; i < bench.k; i++) {
      columns[i] = new double[n];
      for (int k = 0; k < n; k++) {
        columns[i][k] = (moved[2 * i * n + k] - moved[(2 * i + 1) * n + k]) / (2 * STEP);
      }
    }
    double[] x = bench.forward(z)[0];
    for (int axis = 0; axis < 3; axis++) {
      double[] shift = new double[n];
      double[] turn = new double[n];
      int next = (axis + 1) % 3;
      int last = (axis + 2) % 3;
      for (int atom = 0; atom < n; atom += 3) {
        shift[atom + axis] = 1;
        turn[atom + next] = -x[atom + last];
        turn[atom + last] = x[atom + next];
      }
      columns[bench.k + axis] = shift;
      columns[bench.k + 3 + axis] = turn;
    }
    return Math.log(
        Math.abs(new LUDecomposition(new Array2DRowRealMatrix(columns), 0).getDeterminant()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theEnergysGradientReachesEachCoordinateAndIsFinite(Case each) {
    Bench bench = bench(each);
    double[] z = latents(each, 3, 0.05);
    double[] gradient = bench.energyGradient(z);
    for (int i = 0; i < z.length; i++) {
      assertTrue(Double.isFinite(gradient[i]) && gradient[i] != 0, "coordinate " + i % bench.k);
    }
    double[] energies = bench.energy(moved(Arrays.copyOf(z, bench.k), 1e-5));
    for (int i = 0; i < bench.k; i++) {
      double slope = (energies[2 * i] - energies[2 * i + 1]) / 2e-5;
      assertEquals(slope, gradient[i], 1e-4 * Math.max(1, Math.abs(slope)));
    }
  }

  /** Each coordinate up and down: rows 2i and 2i + 1. */
  private static double[] moved(double[] z, double step) {
    double[] rows = new double[2 * z.length * z.length];
    for (int row = 0; row < 2 * z.length; row++) {
      System.arraycopy(z, 0, rows, row * z.length, z.length);
      rows[row * z.length + row / 2] += row % 2 == 0 ? step : -step;
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachRotatableBondHasOneCircle(Case each) {
    int bonds = each.molecule().topology().name().equals("butane") ? 3 : 7;
    assertEquals(bonds - each.held().size(), each.coordinates().circular().size());
  }

  @Test
  void aMirrorImageHasNoCoordinates() {
    Case dipeptide = cases().filter(c -> c.name().startsWith("alanine")).findFirst().orElseThrow();
    Bench bench = bench(dipeptide);
    double[] mirrored = dipeptide.reference();
    for (int i = 2; i < mirrored.length; i += 3) {
      mirrored[i] = -mirrored[i];
    }
    assertTrue(Double.isFinite(bench.inverse(dipeptide.reference())[1][0]));
    assertTrue(Double.isNaN(bench.inverse(mirrored)[1][0]));
  }

  /** Wide latents: no atom order, chirality or range is ever left. */
  @Test
  void everyLatentGivesTheSameHandedness() {
    Case dipeptide = cases().filter(c -> c.name().startsWith("alanine")).findFirst().orElseThrow();
    Bench bench = bench(dipeptide);
    double[] x = bench.forward(latents(dipeptide, 4, 2))[0];
    for (int row = 0; row < ROWS; row++) {
      Geometry one = new Geometry(Arrays.copyOfRange(x, row * bench.dim, (row + 1) * bench.dim));
      // improper NL-CA-CRP-CB, negative in L
      assertTrue(Math.sin(one.dihedral(14, 6, 8, 10)) < 0);
    }
  }

  @Test
  void aTreeThatRefersForwardIsRejected() {
    List<TreeRow> rows =
        List.of(
            new TreeRow(0, -1, -1, -1),
            new TreeRow(1, 2, -1, -1),
            new TreeRow(2, 1, 0, -1),
            new TreeRow(3, 2, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new PlacementTree(rows));
  }

  /** Building a graph with its gradient takes most of the time: one for each case. */
  private static Bench bench(Case each) {
    return BENCHES.computeIfAbsent(each.name(), name -> new Bench(each));
  }

  @AfterAll
  static void close() {
    BENCHES.values().forEach(Bench::close);
    BENCHES.clear();
  }

  private static double[] latents(Case each, long seed, double spread) {
    var generator = Seeds.generator(seed, "latents", 0);
    InternalCoordinates coordinates = each.coordinates();
    double[] z = new double[ROWS * coordinates.latentDim()];
    int stretches = each.molecule().topology().size() - 1;
    for (int i = 0; i < z.length; i++) {
      int coordinate = i % coordinates.latentDim();
      double wide = coordinate < stretches ? Math.min(spread, 0.1) : spread;
      z[i] =
          coordinates.circular().contains(coordinate)
              ? generator.nextDouble(-3, 3)
              : wide * generator.nextGaussian();
    }
    return z;
  }

  private static void assertClose(double[] expected, double[] actual, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance);
    }
  }

  /** Both directions and the energy in one graph, float64. */
  private static final class Bench implements AutoCloseable {
    private final int dim;
    private final int k;
    private final GraphBuilder g = new GraphBuilder(Precision.FLOAT64);
    private final Operand<TFloating> latent;
    private final Operand<TFloating> position;
    private final Mapped forward;
    private final Mapped inverse;
    private final Operand<TFloating> gradient;
    private final Operand<TFloating> loss;
    private final Session session;

    Bench(Case each) {
      InternalCoordinates coordinates = each.coordinates();
      dim = coordinates.dim();
      k = coordinates.latentDim();
      latent = g.placeholder(-1, k);
      position = g.placeholder(-1, dim);
      Parameters none = new Parameters(g, new ParameterLayout(), g.constant(new double[1]));
      forward = coordinates.forward(none, latent);
      inverse = coordinates.inverse(none, position);
      Operand<TFloating> energy =
          new MolecularTarget(
                  new ForceFieldEnergy(dim / 3, each.molecule().forceField()),
                  2.5,
                  Optional.empty(),
                  Optional.empty())
              .reduced(g, forward.value());
      loss = g.tf().math.sub(energy, forward.logDet());
      gradient = Gradients.of(g, loss, latent);
      session = SessionOptions.cpu(1).open(g.graph());
    }

    double[][] forward(double[] z) {
      return run(latent, z, k, List.of(forward.value(), forward.logDet()));
    }

    double[][] inverse(double[] x) {
      return run(position, x, dim, List.of(inverse.value(), inverse.logDet()));
    }

    double[] energy(double[] z) {
      return run(latent, z, k, List.of(loss))[0];
    }

    double[] energyGradient(double[] z) {
      return run(latent, z, k, List.of(gradient))[0];
    }

    private double[][] run(
        Operand<TFloating> fed, double[] values, long width, List<Operand<TFloating>> fetches) {
      try (TFloating x = g.precision().tensor(values, values.length / width, width)) {
        var runner = session.runner().feed(fed, x);
        fetches.forEach(runner::fetch);
        try (var result = runner.run()) {
          double[][] answer = new double[fetches.size()][];
          for (int i = 0; i < answer.length; i++) {
            answer[i] = Precision.values(result.get(i));
          }
          return answer;
        }
      }
    }

    @Override
    public void close() {
      session.close();
      g.close();
    }
  }
}
