package org.flowexp.formula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.flowexp.expression.Columns;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Interpreter;
import org.flowexp.expression.Measure;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.units.Dimension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** Distances and angles between atoms, on arrays and in the graph. */
final class MeasuresTest {
  private static final Formula X =
      new Formula.Variable("x", FormulaType.number(Extent.VECTOR, Dimension.NONE));

  private static Formula of(Measure measure, int count, Integer... places) {
    return new Formula.Measured(measure, X, List.of(places), count);
  }

  private static Columns rows(int count, double... x) {
    return new Columns(count, Map.of(), Map.of("x", x), Map.of(), Map.of());
  }

  /** On arrays; the graph must say the same. */
  private static double[] values(Formula formula, Columns samples) {
    double[] onArrays = new Interpreter(samples).values(formula);
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      Map<String, Operand<TFloating>> bindings = Bound.constants(builder, samples);
      Operand<TFloating> node = new FormulaGraph(builder, bindings).lower(formula);
      assertArrayEquals(onArrays, Bound.values(builder, List.of(node)).get(0), 1e-12);
    }
    return onArrays;
  }

  @Test
  void aDistanceIsThatOfPythagoras() {
    double[] x = {1, 1, 1, 4, 5, 1, 9, 9, 9};
    assertEquals(5, values(of(Measure.DISTANCE, 3, 0, 1), rows(1, x))[0], 1e-14);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.7, 1.5707963267948966, 2.9, 3.1415})
  void anAngleIsTheOneTheAtomsWereSetUpWith(double angle) {
    double[] x = {0.2, 0, 0, 0, 0, 0, 0.3 * Math.cos(angle), 0.3 * Math.sin(angle), 0};
    assertEquals(angle, values(of(Measure.ANGLE, 3, 0, 1, 2), rows(1, x))[0], 1e-9);
  }

  /** Seen along the middle bond, the far arm is turned clockwise: along +z, x towards y. */
  @ParameterizedTest
  @ValueSource(doubles = {-3.1, -1.2, 0, 0.7, 3.1})
  void aDihedralIsPositiveClockwise(double turn) {
    double[] x = {0.1, 0, -0.05, 0, 0, 0, 0, 0, 0.15, Math.cos(turn), Math.sin(turn), 0.4};
    assertEquals(turn, values(of(Measure.DIHEDRAL, 4, 0, 1, 2, 3), rows(1, x))[0], 1e-12);
    assertEquals(turn, values(of(Measure.DIHEDRAL, 4, 3, 2, 1, 0), rows(1, x))[0], 1e-12);
    double other = values(of(Measure.DIHEDRAL, 4, 3, 1, 2, 0), rows(1, x))[0];
    assertTrue(turn == 0 || Math.abs(other - turn) > 0.1, "another order of the atoms shows");
  }

  @ParameterizedTest
  @EnumSource(Measure.class)
  void gradientsAreThoseOfCentralDifferences(Measure measure) {
    SplittableRandom random = Seeds.generator(3, "measures", 0);
    double[] x = new double[3 * 5 * 2];
    Arrays.setAll(x, i -> random.nextDouble());
    Integer[] places = Arrays.copyOf(new Integer[] {4, 0, 3, 1}, measure.atoms());
    Formula formula = of(measure, 5, places);
    double[] gradient;
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      Map<String, Operand<TFloating>> bindings = Bound.constants(builder, rows(2, x));
      Operand<TFloating> node = new FormulaGraph(builder, bindings).lower(formula);
      Operand<TFloating> slope = Gradients.of(builder, node, bindings.get("x"));
      gradient = Bound.values(builder, List.of(slope)).get(0);
    }
    for (int i = 0; i < x.length; i++) {
      double[] up = x.clone();
      double[] down = x.clone();
      up[i] += 1e-6;
      down[i] -= 1e-6;
      int row = i / 15;
      double difference =
          new Interpreter(rows(2, up)).values(formula)[row]
              - new Interpreter(rows(2, down)).values(formula)[row];
      assertEquals(difference / 2e-6, gradient[i], 1e-7);
    }
    assertTrue(Arrays.stream(gradient).anyMatch(g -> Math.abs(g) > 0.1), "some gradient");
  }

  @Test
  void samplesOfAnotherMoleculeAreRefused() {
    Formula formula = of(Measure.DISTANCE, 3, 0, 1);
    Interpreter interpreter = new Interpreter(rows(1, new double[12]));
    assertThrows(IllegalArgumentException.class, () -> interpreter.values(formula));
  }
}
