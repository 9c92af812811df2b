package org.flowexp.formula;

import static org.flowexp.expression.Terms.batch;
import static org.flowexp.expression.Terms.mean;
import static org.flowexp.expression.Terms.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.flowexp.expression.Columns;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaText;
import org.flowexp.expression.Interpreter;
import org.flowexp.expression.Matrix;
import org.flowexp.expression.Reduction;
import org.flowexp.expression.Terms;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The graph against the interpreter. */
final class FormulaGraphTest {
  private static final double TOLERANCE = 1e-10;
  private static final int COUNT = 9;

  private enum Rows {
    VALID,
    SOME_INVALID
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void valuesAreTheInterpreters(long seed) {
    SplittableRandom random = Seeds.generator(seed, "formulas", 0);
    RandomFormulas formulas = new RandomFormulas(random, matrix(random));
    List<Formula> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add(formulas.batchNumber(1 + i % 5));
      all.add(formulas.scalarNumber(1 + i % 5));
    }
    assertEquals(List.of(), different(all, samples(random, Rows.VALID), UnaryOperator.identity()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void invalidRowsAreTreatedAsInTheInterpreter(long seed) {
    SplittableRandom random = Seeds.generator(seed, "invalid rows", 0);
    RandomFormulas formulas = new RandomFormulas(random, matrix(random));
    List<Formula> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(formulas.scalarNumber(1 + i % 4));
    }
    assertEquals(
        List.of(), different(all, samples(random, Rows.SOME_INVALID), UnaryOperator.identity()));
  }

  @Test
  void everyReductionTreatsInvalidAndMissingRowsAsTheInterpreter() {
    SplittableRandom random = Seeds.generator(1, "reductions", 0);
    Formula r = batch("log_w");
    List<Formula> all = new ArrayList<>();
    for (Reduction reduction : Reduction.values()) {
      for (Formula body : List.of(r, batch("log_q"), Terms.times(batch("u"), r))) {
        all.add(Terms.reduce(reduction, body));
        all.add(Terms.reduce(reduction, body, Terms.greater(r, mean(r))));
        all.add(Terms.reduce(reduction, body, Terms.greater(batch("log_q"), Terms.number(99))));
        all.add(
            Terms.reduce(
                reduction,
                body,
                Terms.apply(org.flowexp.expression.Operation.NOT, Terms.greater(r, mean(r)))));
      }
    }
    all.add(Terms.softmax(r));
    for (Rows rows : Rows.values()) {
      assertEquals(List.of(), different(all, samples(random, rows), UnaryOperator.identity()));
    }
  }

  @Test
  void aWrongLoweringIsNoticed() {
    SplittableRandom random = Seeds.generator(1, "formulas", 0);
    RandomFormulas formulas = new RandomFormulas(random, matrix(random));
    List<Formula> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(sum("k", 0, 2, formulas.batchNumber(3)));
    }
    UnaryOperator<Formula> oneTermLess =
        formula ->
            formula instanceof Formula.SumOver s
                ? new Formula.SumOver(s.index(), s.from(), s.to() - 1, s.body())
                : formula;
    int noticed = different(all, samples(random, Rows.VALID), oneTermLess).size();
    assertTrue(noticed >= 38, "noticed " + noticed);
  }

  @Test
  void otherDataAndUnboundNamesAreRejected() {
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      FormulaGraph graph = new FormulaGraph(builder, Map.of());
      assertThrows(
          IllegalArgumentException.class,
          () -> graph.lower(new Formula.On("data", Terms.number(1))));
      assertThrows(IllegalArgumentException.class, () -> graph.lower(batch("u")));
      assertThrows(IllegalArgumentException.class, () -> graph.lower(Terms.vector("x")));
    }
  }

  private static List<String> different(
      List<Formula> formulas, Columns samples, UnaryOperator<Formula> mutation) {
    List<String> different = new ArrayList<>();
    Interpreter interpreter = new Interpreter(samples);
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      FormulaGraph graph = new FormulaGraph(builder, Bound.constants(builder, samples));
      List<Operand<TFloating>> nodes = formulas.stream().map(mutation).map(graph::lower).toList();
      List<double[]> values = Bound.values(builder, nodes);
      for (int i = 0; i < formulas.size(); i++) {
        double[] expected = interpreter.values(formulas.get(i));
        if (!agree(expected, values.get(i))) {
          different.add(
              FormulaText.of(formulas.get(i))
                  + Arrays.toString(expected)
                  + Arrays.toString(values.get(i)));
        }
      }
    }
    return different;
  }

  private static boolean agree(double[] expected, double[] actual) {
    boolean agree = expected.length == actual.length;
    for (int i = 0; agree && i < expected.length; i++) {
      agree =
          Double.compare(expected[i] + 0.0, actual[i] + 0.0) == 0
              || Math.abs(expected[i] - actual[i]) <= TOLERANCE * (1 + Math.abs(expected[i]));
    }
    return agree;
  }

  private static Matrix matrix(SplittableRandom random) {
    double[][] rows = new double[RandomFormulas.DIM][];
    Arrays.setAll(rows, i -> random.doubles(RandomFormulas.DIM, -1, 1).toArray());
    return new Matrix(rows, "random");
  }

  private static Columns samples(SplittableRandom random, Rows rows) {
    double[] logW = random.doubles(COUNT, -2, 2).toArray();
    double[] u = random.doubles(COUNT, -2, 2).toArray();
    if (rows == Rows.SOME_INVALID) {
      logW[2] = Double.NEGATIVE_INFINITY;
      u[2] = Double.POSITIVE_INFINITY;
      logW[5] = Double.NaN;
      u[5] = Double.NaN;
    }
    return new Columns(
        COUNT,
        Map.of("u", u, "log_w", logW, "log_q", random.doubles(COUNT, -2, 2).toArray()),
        Map.of(
            "x", random.doubles(COUNT * RandomFormulas.DIM, -1, 1).toArray(),
            "s", random.doubles(COUNT * RandomFormulas.DIM, -1, 1).toArray()),
        Map.of("n", (double) COUNT, "beta", 0.4),
        Map.of());
  }
}
