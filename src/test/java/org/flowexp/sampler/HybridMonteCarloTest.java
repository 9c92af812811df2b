package org.flowexp.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.flowexp.catalog.Pace;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** Trajectories of u = Σ x⁴/4, whose density has the second moment 2 Γ(3/4)/Γ(1/4). */
class HybridMonteCarloTest {
  private static final int CHAINS = 64;
  private static final double SECOND_MOMENT = 0.675978240067285;

  private record Quartic(int dim) implements ReducedEnergy {
    @Override
    public Operand<TFloating> reduced(GraphBuilder g, Operand<TFloating> x) {
      return g.tf().math.mul(g.sum(g.tf().math.square(g.tf().math.square(x)), 1), g.constant(0.25));
    }
  }

  /** x and p of one row after a trajectory at the temperature multiplier 1. */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once
  private record Point(double[] x, double[] p) {
    double energy() {
      return Arrays.stream(x).map(v -> v * v * v * v / 4).sum()
          + Arrays.stream(p).map(v -> v * v / 2).sum();
    }

    Point back() {
      return new Point(x, Arrays.stream(p).map(v -> -v).toArray());
    }
  }

  private static Point trajectory(Point from, double step, int length) {
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> steps = g.constant(new double[] {step, step}, 1, 2);
      Leapfrog.Phase end =
          new Leapfrog(g, new Quartic(2), 1, length)
              .from(g.constant(from.x(), 1, 2), g.constant(from.p(), 1, 2), steps, steps);
      try (Session session = SessionOptions.cpu(1).open(g.graph());
          var result = session.runner().fetch(end.x()).fetch(end.p()).run()) {
        return new Point(Precision.values(result.get(0)), Precision.values(result.get(1)));
      }
    }
  }

  private static final Point START = new Point(new double[] {1.2, -0.4}, new double[] {0.3, -1.1});

  @Test
  void aTrajectoryWithItsMomentaReversedLeadsBack() {
    Point there = trajectory(START, 0.1, 25);
    assertTrue(Math.abs(there.x()[0] - START.x()[0]) > 0.1);
    Point back = trajectory(there.back(), 0.1, 25).back();
    assertArrayNear(START.x(), back.x());
    assertArrayNear(START.p(), back.p());
  }

  private static void assertArrayNear(double[] expected, double[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-11);
    }
  }

  @Test
  void theEnergyErrorFallsWithTheSquareOfTheStep() {
    double coarse = trajectory(START, 0.05, 20).energy() - START.energy();
    double fine = trajectory(START, 0.025, 40).energy() - START.energy();
    assertEquals(4, coarse / fine, 0.1);
  }

  @Test
  void oneStepIsTheLeapfrogOfTheTextbook() {
    // by hand: p½ = p − dt x³/2, x′ = x + dt p½, p′ = p½ − dt x′³/2
    double half = 0.3 - 0.05 * 1.2 * 1.2 * 1.2;
    double x = 1.2 + 0.1 * half;
    Point end = trajectory(START, 0.1, 1);
    assertEquals(x, end.x()[0], 1e-14);
    assertEquals(half - 0.05 * x * x * x, end.p()[0], 1e-14);
  }

  private static Draw draw(Move move) {
    return new ParallelTempering(List.of(1.0, 2.0), List.of(move), 5, 100, 5, CHAINS, 3)
        .draw(new Quartic(2), 200L * CHAINS, Precision.FLOAT64, SessionOptions.cpu(1), steps -> {});
  }

  /** Of ⟨f(x₀)⟩, in standard errors over chains. */
  private static double deviation(Draw draw, DoubleUnaryOperator f, double exact) {
    double[] means = new double[CHAINS];
    double[] x = draw.positions();
    for (int i = 0; i < draw.count(); i++) {
      means[i % CHAINS] += f.applyAsDouble(x[2 * i]) * CHAINS / draw.count();
    }
    double mean = Arrays.stream(means).average().orElseThrow();
    double squares = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum();
    return (mean - exact) / Math.sqrt(squares / (CHAINS - 1) / CHAINS);
  }

  private static double inner(double x) {
    return Math.abs(x) < 1 ? 1 : 0;
  }

  /** P(|x| < 1) by the midpoint rule. */
  private static double share() {
    double inside = 0;
    double mass = 0;
    for (double x = 5e-6; x < 8; x += 1e-5) {
      double p = Math.exp(-x * x * x * x / 4);
      mass += p;
      inside += inner(x) * p;
    }
    return inside / mass;
  }

  private static final HybridMonteCarlo COARSE = new HybridMonteCarlo(0.9, 3, List.of());

  @Test
  void theDistributionIsExactHoweverCoarseTheStep() {
    Draw draw = draw(COARSE);
    assertTrue(draw.acceptance().get(0) < 0.98, () -> "no rejections: " + draw.acceptance());
    assertEquals(0, deviation(draw, x -> x * x, SECOND_MOMENT), 5);
    assertEquals(0, deviation(draw, x -> x * x * x * x, 1), 5); // the virial: ⟨x u′⟩ = 1
    assertEquals(0, deviation(draw, x -> x, 0), 5);
    assertEquals(0, deviation(draw, HybridMonteCarloTest::inner, share()), 5);
  }

  @Test
  void theSameOverCoordinatesThatAreAngles() {
    Draw draw = draw(COARSE.among(List.of(0)));
    assertEquals(0, deviation(draw, x -> x * x, SECOND_MOMENT), 5);
  }

  /** What a move tells its acceptance beside the energy. */
  private interface Work {
    Optional<Operand<TFloating>> of(
        GraphBuilder g, ReducedEnergy target, Operand<TFloating> x, Move.Trial trial);
  }

  /** The same trajectories, accepted by something else. */
  private static Move accepted(Work work) {
    return (g, target, key, block, temperatures) -> {
      Move.Trials trials = COARSE.trials(g, target, key, block, temperatures);
      return (x, i) -> {
        Move.Trial trial = trials.from(x, i);
        return new Move.Trial(trial.x(), trial.u(), work.of(g, target, x, trial));
      };
    };
  }

  @Test
  void withoutTheMomentaInTheAcceptanceTheDistributionIsWrong() {
    Move forgetful = accepted((g, target, x, trial) -> Optional.empty());
    assertTrue(Math.abs(deviation(draw(forgetful), HybridMonteCarloTest::inner, share())) > 5);
  }

  @Test
  void withoutAnAcceptanceTheDistributionIsWrong() {
    Move careless =
        accepted(
            (g, target, x, trial) -> Optional.of(g.tf().math.sub(target.reduced(g, x), trial.u())));
    assertTrue(Math.abs(deviation(draw(careless), HybridMonteCarloTest::inner, share())) > 5);
  }

  @Test
  void eachGradientCountsAsAnEvaluation() {
    Draw draw =
        new ParallelTempering(List.of(1.0, 2.0), List.of(COARSE), 4, 10, 6, 3, 0)
            .draw(new Quartic(2), 17, Precision.FLOAT32, SessionOptions.cpu(1), steps -> {});
    assertEquals(2 * 3 * (1 + (3 + 1) * 46), draw.energyEvaluations());
  }

  @Test
  void aTimeIsToldInUnitsOfTheFastestVibration() {
    double femtosecond = HybridMonteCarlo.of(new Pace(1e-3, true), 5).step();
    assertEquals(2 * Math.PI * 2.99792458e10 * 2900 * 1e-15, femtosecond, 1e-4);
    assertEquals(0.5, HybridMonteCarlo.of(new Pace(0.5, false), 5).step());
    assertThrows(IllegalArgumentException.class, () -> new HybridMonteCarlo(0, 5, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new HybridMonteCarlo(1, 0, List.of()));
  }
}
