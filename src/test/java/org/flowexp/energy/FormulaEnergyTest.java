package org.flowexp.energy;

import static org.flowexp.expression.Terms.add;
import static org.flowexp.expression.Terms.apply;
import static org.flowexp.expression.Terms.at;
import static org.flowexp.expression.Terms.index;
import static org.flowexp.expression.Terms.number;
import static org.flowexp.expression.Terms.power;
import static org.flowexp.expression.Terms.subtract;
import static org.flowexp.expression.Terms.sum;
import static org.flowexp.expression.Terms.times;
import static org.flowexp.expression.Terms.vector;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Matrix;
import org.flowexp.expression.Operation;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** The twelve-dimensional double well against the same energy in plain Java. */
final class FormulaEnergyTest {
  private static final int DIM = 12;
  private static final int COUNT = 50;

  private final double[][] rotation = orthogonal(Seeds.generator(7, "reflection", 0));
  private final double[] x =
      Seeds.generator(1, "configurations", 0).doubles(COUNT * DIM, -3, 3).toArray();

  @Test
  void theRotatedDoubleWellHasItsEnergyAndItsForces() {
    FormulaEnergy energy =
        new FormulaEnergy(DIM, Optional.of(new Matrix(rotation, "reflection")), doubleWell());
    double[] u = new double[COUNT];
    double[] slopes = new double[COUNT * DIM];
    for (int row = 0; row < COUNT; row++) {
      double[] s = coordinates(row);
      u[row] = Math.pow(s[0], 4) / 4 - 3 * s[0] * s[0] + 0.3 * s[0];
      double[] inS = s.clone();
      inS[0] = s[0] * s[0] * s[0] - 6 * s[0] + 0.3;
      for (int i = 1; i < DIM; i++) {
        u[row] += s[i] * s[i] / 2;
      }
      for (int i = 0; i < DIM; i++) {
        for (int j = 0; j < DIM; j++) {
          slopes[row * DIM + j] += rotation[i][j] * inS[i];
        }
      }
    }
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> fed = builder.placeholder(-1, DIM);
      Operand<TFloating> node = energy.reduced(builder, fed);
      Operand<TFloating> gradient = Gradients.of(builder, node, fed);
      try (Session session = SessionOptions.cpu(1).open(builder.graph());
          TFloating tensor = Precision.FLOAT64.tensor(x, COUNT, DIM);
          var result = session.runner().feed(fed, tensor).fetch(node).fetch(gradient).run()) {
        assertArrayEquals(u, Precision.values(result.get(0)), 1e-11);
        assertArrayEquals(slopes, Precision.values(result.get(1)), 1e-11);
      }
    }
  }

  @Test
  void aRotationOfAnotherSizeIsRejected() {
    Optional<Matrix> other = Optional.of(new Matrix(rotation, "reflection"));
    assertThrows(IllegalArgumentException.class, () -> new FormulaEnergy(3, other, doubleWell()));
  }

  private static Formula doubleWell() {
    Formula s = vector("s");
    Formula well =
        add(
            subtract(times(number(0.25), power(at(s, 0), 4)), times(number(3), power(at(s, 0), 2))),
            times(number(0.3), at(s, 0)));
    Formula half = apply(Operation.DIVIDE, power(at(s, index("i")), 2), number(2));
    return add(well, sum("i", 1, DIM - 1, half));
  }

  private double[] coordinates(int row) {
    double[] s = new double[DIM];
    for (int i = 0; i < DIM; i++) {
      for (int j = 0; j < DIM; j++) {
        s[i] += rotation[i][j] * x[row * DIM + j];
      }
    }
    return s;
  }

  /** Two Householder reflections: orthogonal and not symmetric. */
  private static double[][] orthogonal(SplittableRandom random) {
    double[][] a = reflection(random);
    double[][] b = reflection(random);
    double[][] product = new double[DIM][DIM];
    for (int i = 0; i < DIM; i++) {
      for (int j = 0; j < DIM; j++) {
        for (int k = 0; k < DIM; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }

  private static double[][] reflection(SplittableRandom random) {
    double[] v = random.doubles(DIM, -1, 1).toArray();
    double square = Arrays.stream(v).map(c -> c * c).sum();
    double[][] rows = new double[DIM][DIM];
    for (int i = 0; i < DIM; i++) {
      for (int j = 0; j < DIM; j++) {
        rows[i][j] = (i == j ? 1 : 0) - 2 * v[i] * v[j] / square;
      }
    }
    return rows;
  }
}
