package org.flowexp.objective;

import static org.flowexp.testing.Write.column;
import static org.flowexp.testing.Write.mean;
import static org.flowexp.testing.Write.minus;
import static org.flowexp.testing.Write.negative;
import static org.flowexp.testing.Write.number;
import static org.flowexp.testing.Write.power;
import static org.flowexp.testing.Write.reduce;
import static org.flowexp.testing.Write.relu;
import static org.flowexp.testing.Write.stop;
import static org.flowexp.testing.Write.times;
import static org.flowexp.units.Dimension.NONE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.flowexp.density.Pushforward;
import org.flowexp.density.StandardNormal;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Reduction;
import org.flowexp.flow.AffineTransformer;
import org.flowexp.flow.Chain;
import org.flowexp.flow.Coupling;
import org.flowexp.flow.Mask;
import org.flowexp.flow.Network;
import org.flowexp.lower.Lowering;
import org.flowexp.model.LossModel;
import org.flowexp.model.Source;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.flowexp.tensor.Variable;
import org.flowexp.testing.DoubleWell;
import org.junit.jupiter.api.Test;

/** Identities of PHYSICS §2 that hold in every batch, in double precision. */
class ObjectiveTest {
  private static final int ROWS = 64;
  private static final double TOLERANCE = 1e-10;

  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Step(double value, double[] gradient, long energies) {}

  private static Formula r() {
    return column("log_w");
  }

  private static double[] randomParameters(ParameterLayout layout) {
    var generator = Seeds.generator(3, "test", 0);
    return generator.doubles(layout.size()).map(x -> 0.6 * x - 0.3).toArray();
  }

  private static double[] data() {
    var generator = Seeds.generator(4, "test", 0);
    return generator.doubles(2 * ROWS).map(x -> 6 * x - 3).toArray();
  }

  private static Step step(LossModel loss, double scale, double... weights) {
    return at(1, loss, scale, weights);
  }

  private static Step at(double beta, LossModel loss, double scale, double... weights) {
    double[] ramped = Arrays.copyOf(weights, weights.length + 1);
    ramped[weights.length] = beta;
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      ParameterLayout layout = new ParameterLayout();
      var chain =
          new Chain(
              List.of(
                  new Coupling(
                      layout,
                      "a",
                      Mask.alternating(2, 0),
                      Network.silu(8),
                      new AffineTransformer(1)),
                  new Coupling(
                      layout,
                      "b",
                      Mask.alternating(2, 1),
                      Network.silu(8),
                      new AffineTransformer(1))));
      Variable theta = new Variable(g, "theta", layout.size());
      Parameters parameters = new Parameters(g, layout, theta.value());
      var objective =
          new Objective(
              parameters,
              new Pushforward(new StandardNormal(2), chain),
              Lowering.target(DoubleWell.small().system()),
              loss,
              ROWS);
      var gradient = Gradients.of(g, objective.total(), parameters.flat());
      try (var session = SessionOptions.cpu(1).open(g.graph());
          var fedWeights = Precision.FLOAT64.tensor(ramped, ramped.length);
          var key = GraphBuilder.key(Seeds.key(5, "test", 0));
          var rows = Precision.FLOAT64.tensor(data(), ROWS, 2)) {
        double[] start = randomParameters(layout);
        theta.assign(session, Arrays.stream(start).map(p -> scale * p).toArray());
        var runner = session.runner().feed(objective.weights(), fedWeights);
        for (SourceBatch batch : objective.batches()) {
          batch.key().ifPresent(place -> runner.feed(place, key));
          batch.data().ifPresent(place -> runner.feed(place, rows));
        }
        try (var result = runner.fetch(objective.total()).fetch(gradient).run()) {
          return new Step(
              Precision.scalar(result.get(0)),
              Precision.values(result.get(1)),
              objective.energyEvaluations());
        }
      }
    }
  }

  private static double[] gradient(Source source, Formula formula) {
    return step(DoubleWell.loss("term", source, formula), 1, 1).gradient;
  }

  private static void assertSame(double factor, double[] expected, double[] actual) {
    double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertTrue(size > 1e-3, "a gradient of nothing");
    assertArrayEquals(
        Arrays.stream(expected).map(x -> factor * x).toArray(), actual, TOLERANCE * size);
  }

  private static double[] l2() {
    return gradient(Source.MODEL, mean(power(minus(r(), stop(mean(r()))), 2)));
  }

  @Test
  void stoppingTheMeanDoesNotChangeTheGradientOfL2() {
    assertSame(1, l2(), gradient(Source.MODEL, mean(power(minus(r(), mean(r())), 2))));
  }

  @Test
  void theVarianceOfPairsHasTwiceTheGradientOfL2() {
    assertSame(2, l2(), gradient(Source.MODEL, times(number(2), reduce(Reduction.VARIANCE, r()))));
  }

  @Test
  void theScoreFormOfReverseKlHasHalfTheGradientOfL2() {
    Formula score = times(stop(minus(mean(r()), r())), column("log_q"));
    assertSame(0.5, l2(), gradient(Source.MODEL, mean(score)));
  }

  @Test
  void stoppingTheMeanMattersUnderTheMask() {
    double[] stopped = step(DoubleWell.l2Masked(), 1, 1).gradient;
    double[] free = gradient(Source.MODEL, mean(power(relu(minus(r(), mean(r()))), 2)));
    double size = Arrays.stream(stopped).map(Math::abs).max().orElseThrow();
    double difference = 0;
    for (int i = 0; i < free.length; i++) {
      difference = Math.max(difference, Math.abs(free[i] - stopped[i]));
    }
    assertTrue(difference > 0.01 * size);
  }

  @Test
  void maximumLikelihoodOfTheIdentityIsTheNormalDensity() {
    double squares = Arrays.stream(data()).map(x -> x * x).sum();
    Step step = step(DoubleWell.klX(), 0, 1);
    assertEquals(Math.log(2 * Math.PI) + squares / (2 * ROWS), step.value, 1e-12);
    assertEquals(0, step.energies);
  }

  @Test
  void latentsCarryTheGradientOfTheEnergyAndModelSamplesDoNot() {
    double[] latent = step(DoubleWell.klZ(), 1, 1).gradient;
    double[] model = gradient(Source.MODEL, mean(negative(r())));
    assertFalse(Arrays.equals(latent, model));
  }

  @Test
  void termsOfOneSourceShareItsBatchAndAreWeighted() {
    var masked = DoubleWell.l2Masked().terms().get(0);
    var reverse = DoubleWell.klZ().terms().get(0);
    var likelihood = DoubleWell.klX().terms().get(0);
    Step all =
        step(new LossModel("all", List.of(masked, reverse, likelihood, masked)), 1, 1, 2, 3, 4);
    double expected =
        5 * step(DoubleWell.l2Masked(), 1, 1).value
            + 2 * step(DoubleWell.klZ(), 1, 1).value
            + 3 * step(DoubleWell.klX(), 1, 1).value;
    assertEquals(expected, all.value, 1e-9 * Math.abs(expected));
    assertEquals(2 * ROWS, all.energies);
  }

  /** ∇ mean(β u + log q) is affine in β, with the slope ∇ mean u. */
  @Test
  void betaScalesTheEnergyAndNothingElse() {
    var loss = DoubleWell.klZ();
    double[] u = gradient(Source.LATENT, mean(column("u")));
    double[] one = at(1, loss, 1, 1).gradient;
    double[] third = at(0.3, loss, 1, 1).gradient;
    double[] expected = new double[u.length];
    Arrays.setAll(expected, i -> one[i] - 0.7 * u[i]);
    assertSame(1, expected, third);
  }

  @Test
  void aFormulaReadsBetaAsItIsInItsStep() {
    Formula beta = new Formula.Variable("beta", FormulaType.number(Extent.SCALAR, NONE));
    LossModel loss = DoubleWell.loss("term", Source.MODEL, times(beta, mean(column("log_q"))));
    LossModel plain = DoubleWell.loss("term", Source.MODEL, mean(column("log_q")));
    assertEquals(0.3 * step(plain, 1, 1).value, at(0.3, loss, 1, 1).value, 1e-12);
  }
}
