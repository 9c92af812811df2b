package org.flowexp.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.family.TFloating;

/**
 * Against quadrature. The statistic is the mean over independent chains in units of its standard
 * error, normal under the null to good accuracy for 64 chains; accepted within 5.
 */
class ParallelTemperingTest {

  private static final int CHAINS = 64;

  /** t⁴/4 − 3t² + 0.3t in the first coordinate, harmonic in the others. */
  private record Well(int dim) implements ReducedEnergy {
    @Override
    public Operand<TFloating> reduced(GraphBuilder g, Operand<TFloating> x) {
      var tf = g.tf();
      Operand<TFloating> t = tf.squeeze(g.columns(x, 0, 1), Squeeze.axis(List.of(1L)));
      Operand<TFloating> t2 = tf.math.square(t);
      // half the sum of all squares, so the well is given half a square back: −3t² − t²/2
      Operand<TFloating> well =
          tf.math.add(
              tf.math.mul(t2, tf.math.sub(tf.math.mul(t2, g.constant(0.25)), g.constant(3.5))),
              tf.math.mul(t, g.constant(0.3)));
      Operand<TFloating> harmonic = tf.math.mul(g.sum(tf.math.square(x), 1), g.constant(0.5));
      return tf.math.add(well, harmonic);
    }

    static double at(double t) {
      return t * t * t * t / 4 - 3 * t * t + 0.3 * t;
    }
  }

  private record Gaussian(int dim) implements ReducedEnergy {
    @Override
    public Operand<TFloating> reduced(GraphBuilder g, Operand<TFloating> x) {
      var tf = g.tf();
      Operand<TFloating> centred = tf.math.sub(x, g.constant(1.5));
      return tf.math.mul(g.sum(tf.math.square(centred), 1), g.constant(2)); // variance 1/4
    }
  }

  private static ParallelTempering sampler(List<Double> ladder, Move move, long seed) {
    return new ParallelTempering(ladder, List.of(move), 5, 1_000, 20, CHAINS, seed);
  }

  private static Draw draw(ParallelTempering sampler, ReducedEnergy target, int count) {
    return sampler.draw(target, count, Precision.FLOAT64, SessionOptions.cpu(1), steps -> {});
  }

  /** How many standard errors the average of f over independent chains is from the exact one. */
  private static double deviation(Draw draw, ToDoubleFunction<double[]> f, double exact) {
    double[] sums = new double[CHAINS];
    double[] positions = draw.positions();
    for (int i = 0; i < draw.count(); i++) {
      double[] row = Arrays.copyOfRange(positions, i * draw.dim(), (i + 1) * draw.dim());
      sums[i % CHAINS] += f.applyAsDouble(row) * CHAINS / draw.count();
    }
    double mean = Arrays.stream(sums).average().orElseThrow();
    double squares = Arrays.stream(sums).map(s -> (s - mean) * (s - mean)).sum();
    return (mean - exact) / Math.sqrt(squares / (CHAINS - 1) / CHAINS);
  }

  /** ⟨f⟩ of the well by the trapezoidal rule, exact to rounding for such a decay. */
  private static double quadrature(ToDoubleFunction<Double> f) {
    double mass = 0;
    double sum = 0;
    for (double t = -8 + 5e-5; t < 8; t += 1e-4) {
      double p = Math.exp(-Well.at(t));
      mass += p;
      sum += p * f.applyAsDouble(t);
    }
    return sum / mass;
  }

  private static boolean accepted(Draw draw) {
    double left = deviation(draw, x -> x[0] < 0 ? 1 : 0, quadrature(t -> t < 0 ? 1 : 0));
    double energy = deviation(draw, x -> Well.at(x[0]), quadrature(Well::at));
    double harmonic = deviation(draw, x -> x[1] * x[1], 1);
    return Math.abs(left) < 5 && Math.abs(energy) < 5 && Math.abs(harmonic) < 5;
  }

  @Test
  void theOracleIsThePublishedOne() {
    assertEquals(0.80762, quadrature(t -> t < 0 ? 1 : 0), 5e-6);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void theTiltedDoubleWellIsSampledExactly(long seed) {
    Draw draw =
        draw(sampler(List.of(1.0, 2.0, 4.0, 8.0), new RandomWalk(0.5), seed), new Well(2), 25_600);
    assertTrue(accepted(draw), () -> "acceptance " + draw.acceptance());
    assertTrue(draw.acceptance().stream().allMatch(a -> a > 0.3 && a < 1), draw::toString);
    assertTrue(draw.swapAcceptance().stream().allMatch(a -> a > 0.2 && a < 1), draw::toString);
  }

  @Test
  void anAcceptanceThatForgetsTheTemperatureIsRejected() {
    double[] betas = {1, 0.5, 0.25, 0.125};
    assertFalse(accepted(mutant(new TemperingGraph.Ladder(new double[] {1, 1, 1, 1}, betas))));
  }

  @Test
  void aSwapOfTheWrongSignIsRejected() {
    double[] temperatures = {1, 2, 4, 8};
    double[] wrong = {-1, -0.5, -0.25, -0.125};
    assertFalse(accepted(mutant(new TemperingGraph.Ladder(temperatures, wrong))));
  }

  @Test
  void aProposalThatDriftsIsRejected() {
    SymmetricMove drifting =
        (g, key, block, temperatures) -> {
          var walk = new RandomWalk(0.5).proposals(g, key, block, temperatures);
          return (x, step) -> g.tf().math.add(walk.from(x, step), g.constant(0.1));
        };
    assertFalse(
        accepted(draw(sampler(List.of(1.0, 2.0, 4.0, 8.0), drifting, 0), new Well(2), 25_600)));
  }

  private static Draw mutant(TemperingGraph.Ladder ladder) {
    return sampler(List.of(1.0, 2.0, 4.0, 8.0), new RandomWalk(0.5), 0)
        .draw(new Well(2), 25_600, Precision.FLOAT64, SessionOptions.cpu(1), steps -> {}, ladder);
  }

  @Test
  void aTwelveDimensionalGaussianHasItsMeanAndVariance() {
    Draw draw = draw(sampler(List.of(1.0, 2.0), new RandomWalk(0.3), 3), new Gaussian(12), 25_600);
    for (int i = 0; i < 12; i++) {
      int axis = i;
      assertEquals(0, deviation(draw, x -> x[axis], 1.5), 5);
      assertEquals(0, deviation(draw, x -> Math.pow(x[axis] - 1.5, 2), 0.25), 5);
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    ParallelTempering one = sampler(List.of(1.0, 3.0), new RandomWalk(0.5), 11);
    double[] first = draw(one, new Well(2), 640).positions();
    assertArrayEquals(first, draw(one, new Well(2), 640).positions());
    ParallelTempering other = sampler(List.of(1.0, 3.0), new RandomWalk(0.5), 12);
    assertFalse(Arrays.equals(first, draw(other, new Well(2), 640).positions()));
  }

  @Test
  void fewerSamplesAreTheFirstOfMore() {
    ParallelTempering sampler = sampler(List.of(1.0, 3.0), new RandomWalk(0.5), 11);
    double[] more = draw(sampler, new Well(2), 640).positions();
    double[] fewer = draw(sampler, new Well(2), 100).positions();
    assertArrayEquals(Arrays.copyOf(more, fewer.length), fewer);
  }

  @Test
  void energyEvaluationsAndStepsAreCountedExactly() {
    // swaps every 4, samples every 6 after 10: blocks of 2; 17 samples of 3 chains take 6 rounds
    var two = List.<Move>of(new RandomWalk(0.5), new RandomWalk(1));
    var sampler = new ParallelTempering(List.of(1.0, 2.0), two, 4, 10, 6, 3, 0);
    List<Long> progress = new ArrayList<>();
    Draw draw =
        sampler.draw(new Well(2), 17, Precision.FLOAT32, SessionOptions.cpu(1), progress::add);
    assertEquals(17, draw.count());
    assertEquals(10 + 6 * 6, progress.get(progress.size() - 1));
    assertEquals(23, progress.size());
    assertEquals(2 * 3 * (1 + 2 * 46), draw.energyEvaluations());
  }

  @Test
  void aLadderThatDoesNotAscendIsRefused() {
    Move walk = new RandomWalk(1);
    for (List<Double> ladder : List.of(List.<Double>of(), List.of(1.0, 1.0), List.of(Double.NaN))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new ParallelTempering(ladder, List.of(walk), 1, 0, 1, 1, 0));
    }
    assertThrows(IllegalArgumentException.class, () -> new RandomWalk(0));
  }

  @Test
  @Tag("slow")
  void theSamplingOfTheMainExperimentTakesSeconds() {
    List<Double> ladder = new ArrayList<>();
    for (int k = 0; k < 8; k++) {
      ladder.add(Math.pow(8, k / 7.0));
    }
    var sampler =
        new ParallelTempering(ladder, List.of(new RandomWalk(0.5)), 10, 20_000, 50, 64, 1);
    long start = System.nanoTime();
    Draw draw =
        sampler.draw(new Well(12), 100_000, Precision.FLOAT32, SessionOptions.cpu(1), steps -> {});
    double seconds = (System.nanoTime() - start) * 1e-9;
    assertTrue(accepted(draw));
    assertTrue(seconds < 30, seconds + " s; " + draw.acceptance() + " " + draw.swapAcceptance());
  }
}
