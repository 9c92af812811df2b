package org.flowexp.formula;

import static org.flowexp.expression.Terms.apply;
import static org.flowexp.expression.Terms.at;
import static org.flowexp.expression.Terms.batch;
import static org.flowexp.expression.Terms.greater;
import static org.flowexp.expression.Terms.mean;
import static org.flowexp.expression.Terms.number;
import static org.flowexp.expression.Terms.power;
import static org.flowexp.expression.Terms.reduce;
import static org.flowexp.expression.Terms.softmax;
import static org.flowexp.expression.Terms.stop;
import static org.flowexp.expression.Terms.subtract;
import static org.flowexp.expression.Terms.times;
import static org.flowexp.expression.Terms.vector;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.flowexp.expression.Columns;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Interpreter;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Reduction;
import org.flowexp.expression.Terms;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** Gradients by row, against closed forms and central differences. */
final class FormulaGradientTest {
  private static final double EXACT = 1e-14;
  private static final double[] R = {0.3, -1.2, 2.5, 0.9};
  private static final Formula LOG_W = batch("log_w");

  private static double[] gradient(Formula formula, String variable, Columns samples) {
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      Map<String, Operand<TFloating>> bindings = Bound.constants(builder, samples);
      Operand<TFloating> value = new FormulaGraph(builder, bindings).lower(formula);
      return Bound.values(builder, List.of(Gradients.of(builder, value, bindings.get(variable))))
          .get(0);
    }
  }

  private static Columns weights(double... r) {
    return Columns.of(r.length, Map.of("log_w", r, "log_q", new double[r.length]));
  }

  private static Formula masked(Formula mean) {
    return mean(power(apply(Operation.RELU, subtract(LOG_W, mean)), 2));
  }

  @Test
  void reverseDivergencePullsEachRowAlike() {
    Formula loss = apply(Operation.NEGATE, mean(LOG_W));
    double[] each = {-0.25, -0.25, -0.25, -0.25};
    assertArrayEquals(each, gradient(loss, "log_w", weights(R)), EXACT);
  }

  @Test
  void maskedSquaresOnlyPullRowsAboveTheDetachedMean() {
    double mean = 0.625;
    double[] expected = Arrays.stream(R).map(r -> Math.max(r - mean, 0) / 2).toArray();
    double[] actual = gradient(masked(stop(mean(LOG_W))), "log_w", weights(R));
    assertArrayEquals(expected, actual, EXACT);
    double shared = Arrays.stream(expected).average().orElseThrow();
    double[] baseline = Arrays.stream(expected).map(c -> c - shared).toArray();
    assertArrayEquals(baseline, gradient(masked(mean(LOG_W)), "log_w", weights(R)), EXACT);
  }

  @Test
  void stopStops() {
    Formula weighted = reduce(Reduction.SUM, times(stop(softmax(LOG_W)), batch("log_q")));
    assertArrayEquals(new double[4], gradient(weighted, "log_w", weights(R)));
    double total = Arrays.stream(R).map(Math::exp).sum();
    double[] softmax = Arrays.stream(R).map(r -> Math.exp(r) / total).toArray();
    assertArrayEquals(softmax, gradient(weighted, "log_q", weights(R)), EXACT);
  }

  @ParameterizedTest
  @EnumSource(names = "MEDIAN", mode = EnumSource.Mode.EXCLUDE)
  void reductionsDifferentiateAsTheInterpreterVaries(Reduction reduction) {
    Formula body = apply(Operation.SIN, LOG_W);
    for (Formula loss :
        List.of(
            reduce(reduction, body),
            reduce(reduction, body, greater(LOG_W, number(0.1))),
            reduce(reduction, softmax(times(number(2), LOG_W))))) {
      assertArrayEquals(differences(loss), gradient(loss, "log_w", weights(R)), 1e-8);
    }
  }

  private static double[] differences(Formula loss) {
    double h = 1e-6;
    double[] slopes = new double[R.length];
    for (int i = 0; i < R.length; i++) {
      double[] up = R.clone();
      double[] down = R.clone();
      up[i] += h;
      down[i] -= h;
      slopes[i] =
          (new Interpreter(weights(up)).value(loss) - new Interpreter(weights(down)).value(loss))
              / (2 * h);
    }
    return slopes;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void invalidRowsGetNoGradientAndSpoilNone(long seed) {
    SplittableRandom random = Seeds.generator(seed, "invalid gradients", 0);
    double[] r = random.doubles(6, -2, 2).toArray();
    double[] valid = Arrays.copyOf(r, 4);
    r[4] = Double.NEGATIVE_INFINITY;
    r[5] = Double.NaN;
    Formula variance = reduce(Reduction.VARIANCE, LOG_W);
    for (Formula loss : List.of(masked(stop(mean(LOG_W))), masked(mean(LOG_W)), variance)) {
      double[] gradient = gradient(loss, "log_w", weights(r));
      assertArrayEquals(new double[2], Arrays.copyOfRange(gradient, 4, 6));
      assertArrayEquals(gradient(loss, "log_w", weights(valid)), Arrays.copyOf(gradient, 4), EXACT);
    }
    Formula ess = reduce(Reduction.EFFECTIVE_SAMPLE_SIZE, LOG_W);
    assertTrue(Arrays.stream(gradient(ess, "log_w", weights(r))).allMatch(Double::isFinite));
  }

  @Test
  void polesOutsideAConditionSpoilNoGradient() {
    Columns samples = Columns.of(3, Map.of("a", new double[] {4, 0, -1}));
    Formula a = batch("a");
    Formula root = apply(Operation.SQRT, a);
    Formula positive = greater(a, number(0));
    assertArrayEquals(
        new double[] {0.25, 0, 0},
        gradient(reduce(Reduction.MEAN, root, positive), "a", samples),
        EXACT);
    assertArrayEquals(
        new double[] {0.25, 0, 0},
        gradient(
            reduce(Reduction.SUM, apply(Operation.SELECT, positive, root, number(0))),
            "a",
            samples),
        EXACT);
    assertArrayEquals(
        new double[] {256, 0, -4}, gradient(reduce(Reduction.SUM, power(a, 4)), "a", samples));
    assertArrayEquals(new double[3], gradient(reduce(Reduction.MEDIAN, a), "a", samples));
  }

  @Test
  void elementsOfARotationShareOneProduct() {
    var turn = new org.flowexp.expression.Matrix(new double[][] {{0, 1}, {-1, 0}}, "quarter turn");
    Formula s = new Formula.Rotated(turn, vector("x"));
    Formula loss = Terms.sum("i", 0, 1, times(at(s, Terms.index("i")), mean(power(at(s, 0), 2))));
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      new FormulaGraph(builder, Map.of("x", builder.placeholder(-1, 2))).lower(loss);
      int products = 0;
      for (var operations = builder.graph().operations(); operations.hasNext(); ) {
        products += operations.next().type().equals("MatMul") ? 1 : 0;
      }
      assertEquals(1, products);
    }
  }
}
