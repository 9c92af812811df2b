package org.flowexp.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** Two independent angles with u = cos φ₀ + 2 cos φ₁; a third coordinate stays where it is. */
final class TurnTorsionsTest {
  private static final int CHAINS = 64;

  private record Angles(int dim) implements ReducedEnergy {
    @Override
    public Operand<TFloating> reduced(GraphBuilder g, Operand<TFloating> x) {
      var tf = g.tf();
      return g.sum(tf.math.mul(tf.math.cos(x), g.constant(new double[] {1, 2, 0})), 1);
    }
  }

  @Test
  void anglesHaveTheirMeansAndOthersDoNotMove() {
    Draw draw = draw(List.of(0, 1), 200, 1);
    // −I₁(k)/I₀(k), Abramowitz and Stegun 9.6
    assertTrue(Math.abs(z(draw, 0, -0.4463899658965)) < 5);
    assertTrue(Math.abs(z(draw, 1, -0.6977746579640)) < 5);
    assertTrue(Math.abs(z(draw, 0, -0.6977746579640)) > 5);
    double[] x = draw.positions();
    for (int row = CHAINS; row < draw.count(); row++) {
      assertEquals(x[3 * (row - CHAINS) + 2], x[3 * row + 2]);
    }
  }

  @Test
  void severalTurnsAtOnceHaveTheSameMeans() {
    Draw draw = draw(List.of(0, 1), 200, 2);
    assertTrue(Math.abs(z(draw, 0, -0.4463899658965)) < 5);
    assertTrue(Math.abs(z(draw, 1, -0.6977746579640)) < 5);
    // both angles move in one step: one at a time they never do
    assertTrue(movesOfBoth(draw) > 0);
    assertEquals(0, movesOfBoth(draw(List.of(0, 1), 200, 1)));
  }

  private static long movesOfBoth(Draw draw) {
    double[] x = draw.positions();
    return IntStream.range(CHAINS, draw.count())
        .filter(i -> x[3 * i] != x[3 * (i - CHAINS)] && x[3 * i + 1] != x[3 * (i - CHAINS) + 1])
        .count();
  }

  @Test
  void turnsOfNothingAreRejected() {
    assertThrows(IllegalArgumentException.class, () -> new TurnTorsions(List.of(), 1));
    assertThrows(IllegalArgumentException.class, () -> new TurnTorsions(List.of(1), 0));
    assertThrows(IllegalArgumentException.class, () -> new TurnTorsions(List.of(1), 1, 0));
  }

  private static Draw draw(List<Integer> turned, int perChain, int atOnce) {
    ParallelTempering sampler =
        new ParallelTempering(
            List.of(1.0),
            List.of(new TurnTorsions(turned, Math.PI, atOnce)),
            10,
            100,
            1,
            CHAINS,
            1);
    return sampler.draw(
        new Angles(3),
        (long) perChain * CHAINS,
        Precision.FLOAT64,
        SessionOptions.cpu(1),
        steps -> {});
  }

  private static double z(Draw draw, int coordinate, double expected) {
    double[] means = new double[CHAINS];
    double[] x = draw.positions();
    for (int i = 0; i < draw.count(); i++) {
      means[i % CHAINS] += Math.cos(x[3 * i + coordinate]) * CHAINS / draw.count();
    }
    double mean = Arrays.stream(means).average().orElseThrow();
    double squares = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum();
    return (mean - expected) / Math.sqrt(squares / (CHAINS - 1) / CHAINS);
  }
}
