package org.flowexp.expression;

import static org.flowexp.expression.Terms.add;
import static org.flowexp.expression.Terms.apply;
import static org.flowexp.expression.Terms.at;
import static org.flowexp.expression.Terms.batch;
import static org.flowexp.expression.Terms.greater;
import static org.flowexp.expression.Terms.index;
import static org.flowexp.expression.Terms.mean;
import static org.flowexp.expression.Terms.number;
import static org.flowexp.expression.Terms.power;
import static org.flowexp.expression.Terms.reduce;
import static org.flowexp.expression.Terms.scalar;
import static org.flowexp.expression.Terms.softmax;
import static org.flowexp.expression.Terms.subtract;
import static org.flowexp.expression.Terms.sum;
import static org.flowexp.expression.Terms.times;
import static org.flowexp.expression.Terms.vector;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class InterpreterTest {
  private static final double EXACT = 1e-14;
  private static final double INFINITE = Double.NEGATIVE_INFINITY;

  private final Columns other = Columns.of(2, Map.of("a", new double[] {10, 30}));
  private final Interpreter interpreter =
      new Interpreter(
          new Columns(
              4,
              Map.of("a", new double[] {1, 2, 3, 6}),
              Map.of("x", new double[] {1, 2, 3, 4, 5, 6, 7, 8}),
              Map.of("n", 4.0),
              Map.of("held_out", other)));
  private final Formula a = batch("a");

  @Test
  void arithmeticIsElementwise() {
    assertArrayEquals(
        new double[] {0.25, 1, 2.25, 9},
        interpreter.values(apply(Operation.DIVIDE, power(a, 2), scalar("n"))),
        EXACT);
    assertArrayEquals(
        new double[] {-1, -2, 3, 6},
        interpreter.values(
            apply(Operation.SELECT, greater(a, number(2)), a, apply(Operation.NEGATE, a))));
  }

  @Test
  void reductionsAreOverTheRowsWhereTheConditionHolds() {
    Formula big = greater(a, number(1.5));
    Formula never = greater(a, number(100));
    assertEquals(3, interpreter.value(mean(a)));
    assertEquals(11 / 3.0, interpreter.value(reduce(Reduction.MEAN, a, big)), EXACT);
    assertEquals(0, interpreter.value(reduce(Reduction.MEAN, a, never)));
    assertEquals(INFINITE, interpreter.value(reduce(Reduction.LOG_MEAN_EXP, a, never)));
    assertEquals((4 + 1 + 0 + 9) / 4.0, interpreter.value(reduce(Reduction.VARIANCE, a)), EXACT);
    assertEquals(2.5, interpreter.value(reduce(Reduction.MEDIAN, a)));
    assertEquals(3, interpreter.value(reduce(Reduction.MEDIAN, a, big)));
    assertEquals(0.75, interpreter.value(mean(big)));
    assertEquals(4, interpreter.value(reduce(Reduction.SUM, number(1))));
    assertEquals(
        Math.log((Math.exp(2) + Math.exp(3) + Math.exp(6)) / 3),
        interpreter.value(reduce(Reduction.LOG_MEAN_EXP, a, big)),
        EXACT);
    double w = Math.exp(-1);
    Formula two = apply(Operation.MIN, a, number(2));
    assertEquals(
        (3 + w) * (3 + w) / (4 * (3 + w * w)),
        interpreter.value(reduce(Reduction.EFFECTIVE_SAMPLE_SIZE, two)),
        EXACT);
  }

  @Test
  void sumsRunOverTheElementsAndTheIndexItself() {
    Formula term = times(at(vector("x"), index("i")), add(index("i"), number(1)));
    assertArrayEquals(
        new double[] {5, 11, 17, 23}, interpreter.values(sum("i", 0, 1, term)), EXACT);
  }

  @Test
  void aRotationActsOnColumns() {
    Matrix turn = new Matrix(new double[][] {{0, 2}, {-1, 0}}, "turn");
    Formula s = new Formula.Rotated(turn, vector("x"));
    assertArrayEquals(new double[] {4, 8, 12, 16}, interpreter.values(at(s, 0)), EXACT);
    assertArrayEquals(new double[] {-1, -3, -5, -7}, interpreter.values(at(s, 1)), EXACT);
    assertThrows(IllegalArgumentException.class, () -> interpreter.values(at(s, 2)));
    assertThrows(IllegalArgumentException.class, () -> interpreter.values(s));
  }

  @Test
  void anotherContextHasItsOwnSamples() {
    Formula difference = subtract(mean(a), new Formula.On("held_out", mean(a)));
    assertEquals(3 - 20, interpreter.value(difference), EXACT);
    assertEquals(java.util.Set.of("held_out"), Formulas.dataKeys(difference));
  }

  @Test
  void invalidRowsHaveNoWeightAndStayInN() {
    double[] r = {Math.log(2), INFINITE, Math.log(4), Double.NaN};
    Interpreter weights =
        new Interpreter(Columns.of(4, Map.of("log_w", r, "log_q", new double[] {1, 2, 3, 4})));
    Formula logW = batch("log_w");
    assertEquals(Math.log(8) / 2, weights.value(mean(logW)), EXACT);
    assertEquals(Math.log(6 / 4.0), weights.value(reduce(Reduction.LOG_MEAN_EXP, logW)), EXACT);
    assertEquals(
        36 / (4 * 20.0), weights.value(reduce(Reduction.EFFECTIVE_SAMPLE_SIZE, logW)), EXACT);
    assertArrayEquals(new double[] {1 / 3.0, 0, 2 / 3.0, 0}, weights.values(softmax(logW)), EXACT);
    assertEquals(
        7 / 3.0, weights.value(reduce(Reduction.SUM, times(softmax(logW), batch("log_q")))), EXACT);
    assertEquals(2.5, weights.value(mean(batch("log_q"))), EXACT);
    assertEquals(
        Math.log(2) / 2 * Math.log(2) / 2, weights.value(reduce(Reduction.VARIANCE, logW)), EXACT);
  }

  @Test
  void constantsNeedNoSamples() {
    assertEquals(Math.exp(-4), Interpreter.constant(apply(Operation.EXP, number(-4))), EXACT);
    assertEquals(9, Interpreter.scalar(power(scalar("t"), 2), Map.of("t", 3.0)), EXACT);
    assertThrows(IllegalArgumentException.class, () -> Interpreter.constant(scalar("t")));
    assertEquals(number(9), Formulas.fold(power(add(number(1), number(2)), 2)));
    assertEquals(55, Interpreter.constant(sum("i", 1, 10, index("i"))));
  }

  @Test
  void theCanonicalTextForgetsTheNamesOfIndicesOnly() {
    Formula i = sum("i", 0, 1, at(vector("x"), index("i")));
    assertEquals(FormulaText.of(i), FormulaText.of(sum("j", 0, 1, at(vector("x"), index("j")))));
    assertEquals("(sum 0..1 (element $\"x\" #0))", FormulaText.of(i));
    assertEquals(
        "(reduce MEAN (POWER $\"a\" 2.0) (GREATER $\"a\" 1.0))",
        FormulaText.of(reduce(Reduction.MEAN, power(a, 2), greater(a, number(1)))));
  }

  @Test
  void dependenceOnTheFlowFollowsGradients() {
    Formula r = batch("log_w");
    Formula u = batch("u");
    assertEquals(true, Formulas.dependsOnFlow(mean(r), false));
    assertEquals(false, Formulas.dependsOnFlow(times(Terms.stop(r), u), false));
    assertEquals(true, Formulas.dependsOnFlow(times(Terms.stop(r), u), true));
    assertEquals(false, Formulas.dependsOnFlow(mean(greater(r, number(0))), true));
    assertEquals(true, Formulas.dependsOnFlow(at(vector("x"), 0), true));
    assertEquals(false, Formulas.dependsOnFlow(new Formula.On("d", mean(u)), true));
    assertEquals(true, Formulas.reads(reduce(Reduction.SUM, number(1), greater(u, r)), "u"));
  }
}
