package org.flowexp.coordinates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.flow.Network;
import org.flowexp.molecule.Compound;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** Hydrogens of alanine dipeptide on heavy atoms, by networks with random parameters. */
final class HydrogenPlacementTest {
  private static final int ROWS = 5;
  private static final int HEAVY = 30;
  private static final int ALL = 66;

  private final Compound compound = Compound.shipped("alanine_dipeptide").orElseThrow();
  private final double[] reference =
      compound.reference().stream().mapToDouble(Double::doubleValue).toArray();
  private final ParameterLayout layout = new ParameterLayout();
  private final HydrogenPlacement placement =
      new HydrogenPlacement(layout, "hydrogens", compound, Network.silu(8));
  private final List<Integer> outside = Attachment.ofHydrogens(compound).outside();

  private double[] heavy(double[] all) {
    return IntStream.range(0, HEAVY)
        .mapToDouble(i -> all[3 * outside.get(i / 3) + i % 3])
        .toArray();
  }

  /** Heavy atoms of the reference, moved by normal numbers. */
  private double[] strained() {
    SplittableRandom random = Seeds.generator(1, "heavy", 0);
    double[] rows = new double[ROWS * HEAVY];
    double[] one = heavy(reference);
    Arrays.setAll(rows, i -> one[i % HEAVY] + 0.004 * random.nextGaussian());
    return rows;
  }

  private double[] parameters(double width) {
    SplittableRandom random = Seeds.generator(2, "parameters", 0);
    return random.doubles(layout.size()).map(v -> width * (2 * v - 1)).toArray();
  }

  /** Positions, their heavy atoms, the log-det, and ∂(Σ x²)/∂θ. */
  private double[][] run(double[] z, double[] theta) {
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> in = g.placeholder(-1, HEAVY);
      Operand<TFloating> flat = g.placeholder(layout.size());
      Parameters parameters = new Parameters(g, layout, flat);
      var placed = placement.forward(parameters, in);
      var back = placement.inverse(parameters, placed.value());
      Operand<TFloating> sum = g.sum(g.tf().math.square(placed.value()), 0, 1);
      Operand<TFloating> gradient = Gradients.of(g, sum, flat);
      try (Session session = SessionOptions.cpu(1).open(g.graph());
          var fedZ = Precision.FLOAT64.tensor(z, z.length / HEAVY, HEAVY);
          var fedTheta = Precision.FLOAT64.tensor(theta, theta.length);
          var result =
              session
                  .runner()
                  .feed(in, fedZ)
                  .feed(flat, fedTheta)
                  .fetch(placed.value())
                  .fetch(back.value())
                  .fetch(placed.logDet())
                  .fetch(gradient)
                  .run()) {
        return new double[][] {
          Precision.values(result.get(0)),
          Precision.values(result.get(1)),
          Precision.values(result.get(2)),
          Precision.values(result.get(3))
        };
      }
    }
  }

  @Test
  void itStartsAtTheReferencesHydrogens() {
    double[] start = layout.initial(0);
    assertArrayEquals(reference, run(heavy(reference), start)[0], 1e-9);
    double[] other = run(heavy(reference), parameters(0.3))[0];
    assertTrue(largest(other, reference) > 1e-3, "random parameters put them elsewhere");
  }

  @Test
  void heavyAtomsStayAndTheInverseForgetsHydrogens() {
    double[] z = strained();
    double[][] answer = run(z, parameters(0.3));
    assertArrayEquals(z, answer[1], 1e-15);
    for (int row = 0; row < ROWS; row++) {
      double[] x = Arrays.copyOfRange(answer[0], row * ALL, (row + 1) * ALL);
      assertArrayEquals(Arrays.copyOfRange(z, row * HEAVY, (row + 1) * HEAVY), heavy(x), 1e-15);
      assertEquals(0, answer[2][row]);
    }
  }

  @Test
  void hydrogensTurnWithTheHeavyAtoms() {
    double[] z = strained();
    double[] theta = parameters(0.3);
    Rotation turn = new Rotation(0.1, 0.7, -0.3, 0.5, true);
    double[] here = run(z, theta)[0];
    double[] there = run(moved(z, turn), theta)[0];
    assertArrayEquals(moved(here, turn), there, 1e-9);
    assertTrue(largest(here, there) > 0.1, "they did turn");
  }

  private static double[] moved(double[] x, Rotation turn) {
    double[] moved = new double[x.length];
    double[] in = new double[3];
    double[] out = new double[3];
    for (int i = 0; i < x.length; i += 3) {
      System.arraycopy(x, i, in, 0, 3);
      turn.applyTo(in, out);
      for (int k = 0; k < 3; k++) {
        moved[i + k] = out[k] + 0.3 * (k + 1);
      }
    }
    return moved;
  }

  private static double largest(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElseThrow();
  }

  @Test
  void rowsAreIndependentAndEachParameterCounts() {
    double[] z = strained();
    double[] theta = parameters(0.3);
    double[][] together = run(z, theta);
    double[] alone = run(Arrays.copyOfRange(z, HEAVY, 2 * HEAVY), theta)[0];
    assertArrayEquals(Arrays.copyOfRange(together[0], ALL, 2 * ALL), alone, 1e-12);
    assertEquals(0, Arrays.stream(together[3]).filter(slope -> slope == 0).count());
  }

  @Test
  void itTakesTheHeavyAtomsAndNothingElse() {
    HydrogenJoint joint = HydrogenJoint.of(compound);
    assertTrue(joint.objection(CoordinateKinds.linear(HEAVY)).isEmpty());
    assertEquals(ALL, joint.after(CoordinateKinds.linear(HEAVY)).dim());
    assertTrue(
        joint.objection(CoordinateKinds.linear(ALL)).orElseThrow().contains("10 heavy atoms"));
    assertTrue(joint.isLast());
  }

  /** Heavy atoms alone: as many coordinates as they have, the same torsions, amides held. */
  @Test
  void heavyAtomsHaveInternalCoordinatesOfTheirOwn() {
    InternalLayout all = InternalLayout.of(compound);
    InternalLayout few = InternalLayout.of(compound, outside);
    assertEquals(HEAVY - 6, few.dim());
    assertEquals(2, few.circularRows().size(), "phi and psi");
    assertEquals(5, all.circularRows().size(), "and three methyl groups");
    double[] latent = few.latentOf(heavy(reference));
    for (int i = 0; i < latent.length; i++) {
      assertEquals(few.reference().get(i), latent[i], 1e-12);
    }
    InternalCoordinates coordinates = new InternalCoordinates(few);
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> in = g.placeholder(-1, HEAVY);
      Parameters none = new Parameters(g, new ParameterLayout(), in);
      Operand<TFloating> z = coordinates.inverse(none, in).value();
      Operand<TFloating> again =
          coordinates.inverse(none, coordinates.forward(none, z).value()).value();
      double[] x = strained();
      try (Session session = SessionOptions.cpu(1).open(g.graph());
          var fed = Precision.FLOAT64.tensor(x, ROWS, HEAVY);
          var result = session.runner().feed(in, fed).fetch(z).fetch(again).run()) {
        double[] once = Precision.values(result.get(0));
        assertArrayEquals(once, Precision.values(result.get(1)), 1e-8);
        double[] row = Arrays.copyOf(x, HEAVY);
        assertArrayEquals(few.latentOf(row), Arrays.copyOf(once, HEAVY - 6), 1e-9);
      }
    }
  }
}
