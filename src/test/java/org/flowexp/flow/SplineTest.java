package org.flowexp.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.flowexp.flow.SplineTransformer.Tails;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The spline and its derivatives by hand against the plain one with TensorFlow's. */
final class SplineTest {
  private static final int N = 3;
  private static final int ROWS = 40;

  private enum Direction {
    FORWARD,
    INVERSE
  }

  static Stream<SplineTransformer> forms() {
    return Stream.of(
        SplineTransformer.linear(8, 5),
        SplineTransformer.linear(2, 1),
        new SplineTransformer(5, -1, 3, Tails.LINEAR, 1e-2, 1e-3, 5e-2),
        SplineTransformer.circular(6),
        SplineTransformer.circular(2));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void valuesAndDerivativesAreThePlainOnes(SplineTransformer form) {
    for (Direction direction : Direction.values()) {
      for (double size : new double[] {0, 0.3, 2}) {
        for (int rows : new int[] {1, ROWS}) {
          Numbers numbers = new Numbers(form, rows, size);
          assertEquals(0, numbers.difference(direction, 1), 1e-10, form + " " + direction);
        }
      }
    }
  }

  /** A log-det's derivative that is slightly off is noticed. */
  @Test
  void aWrongDerivativeIsNoticed() {
    Numbers numbers = new Numbers(SplineTransformer.linear(8, 5), ROWS, 0.3);
    for (Direction direction : Direction.values()) {
      assertTrue(numbers.difference(direction, 1.001) > 1e-5);
    }
  }

  /** Numbers that overflow an exponential, where the largest of a spline's is subtracted. */
  @Test
  void largeNumbersStayFinite() {
    Numbers numbers = new Numbers(SplineTransformer.linear(8, 5), ROWS, 500);
    for (Direction direction : Direction.values()) {
      for (double[] values : numbers.values(Precision.FLOAT32, direction, 1).get(0)) {
        assertTrue(Arrays.stream(values).allMatch(Double::isFinite), direction::toString);
      }
    }
  }

  /** The plain one has all numbers of a kind of the first coordinate before the second's. */
  private static Operand<TFloating> byNumber(
      GraphBuilder g, Operand<TFloating> rows, SplineTransformer form) {
    int[] order = new int[N * form.numbersPerCoordinate()];
    int from = 0;
    for (int count : new int[] {form.bins(), form.bins(), form.freeDerivatives()}) {
      for (int i = 0; i < count * N; i++) {
        order[from + i] = from + (i % N) * count + i / N;
      }
      from += count * N;
    }
    return g.tf().gather(g.transposed(rows), g.tf().constant(order), g.tf().constant(0));
  }

  /** Arguments inside the box and outside, and numbers that steer. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Numbers(SplineTransformer form, int rows, double[] x, double[] raw) {
    Numbers(SplineTransformer form, int rows, double size) {
      this(
          form,
          rows,
          uniform(rows * N, form.low() - 0.5, form.high() + 0.5, 1),
          uniform(rows * N * form.numbersPerCoordinate(), -size, size + 1e-300, 2));
    }

    private static double[] uniform(int count, double low, double high, long seed) {
      return new Random(seed).doubles(count, low, high).toArray();
    }

    /** The largest relative difference of value, log-det and their derivatives. */
    double difference(Direction direction, double factor) {
      List<List<double[]>> both = values(Precision.FLOAT64, direction, factor);
      double worst = 0;
      for (int i = 0; i < both.get(0).size(); i++) {
        double[] one = both.get(0).get(i);
        double[] other = both.get(1).get(i);
        double scale = 1 + Arrays.stream(other).map(Math::abs).max().orElseThrow();
        for (int j = 0; j < one.length; j++) {
          double difference = Math.abs(one[j] - other[j]) / scale;
          worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
        }
      }
      return worst;
    }

    /** Of the spline, then of the plain one: value, log-det, derivatives by x and by raw. */
    List<List<double[]>> values(Precision precision, Direction direction, double factor) {
      try (GraphBuilder g = new GraphBuilder(precision)) {
        var fedX = g.placeholder(-1, N);
        var fedRaw = g.placeholder(-1, (long) N * form.numbersPerCoordinate());
        Operand<TFloating> steering = byNumber(g, fedRaw, form);
        Operand<TFloating> turned = g.transposed(fedX);
        PlainSpline plain = new PlainSpline(form);
        List<Operand<TFloating>> nodes = new ArrayList<>();
        switch (direction) {
          case FORWARD -> {
            nodes.addAll(
                nodes(g, byRow(g, form.forward(g, turned, steering)), fedX, fedRaw, factor));
            nodes.addAll(nodes(g, plain.forward(g, fedX, fedRaw), fedX, fedRaw, 1));
          }
          case INVERSE -> {
            nodes.addAll(
                nodes(g, byRow(g, form.inverse(g, turned, steering)), fedX, fedRaw, factor));
            nodes.addAll(nodes(g, plain.inverse(g, fedX, fedRaw), fedX, fedRaw, 1));
          }
        }
        List<double[]> values = run(g, nodes, fedX, fedRaw);
        int half = values.size() / 2;
        return List.of(values.subList(0, half), values.subList(half, values.size()));
      }
    }

    private static Mapped byRow(GraphBuilder g, Mapped mapped) {
      return new Mapped(g.transposed(mapped.value()), mapped.logDet());
    }

    private List<double[]> run(
        GraphBuilder g,
        List<Operand<TFloating>> nodes,
        Operand<TFloating> fedX,
        Operand<TFloating> fedRaw) {
      try (var session = SessionOptions.cpu(1).open(g.graph());
          var x = g.precision().tensor(this.x, rows, N);
          var raw = g.precision().tensor(this.raw, rows, raw().length / rows)) {
        var runner = session.runner().feed(fedX, x).feed(fedRaw, raw);
        nodes.forEach(runner::fetch);
        try (var result = runner.run()) {
          List<double[]> values = new ArrayList<>();
          result.forEach(entry -> values.add(Precision.values(entry.getValue())));
          return values;
        }
      }
    }

    /** Derivatives of Σ sin(3 value) + cos of log-det: each row has its own cotangents. */
    private static List<Operand<TFloating>> nodes(
        GraphBuilder g,
        Mapped mapped,
        Operand<TFloating> x,
        Operand<TFloating> raw,
        double factor) {
      var tf = g.tf();
      Operand<TFloating> value = tf.math.sin(tf.math.mul(g.constant(3), mapped.value()));
      Operand<TFloating> logDet = tf.math.cos(tf.math.mul(g.constant(factor), mapped.logDet()));
      Operand<TFloating> both = tf.math.add(g.sum(value, 0, 1), g.sum(logDet, 0));
      List<Operand<TFloating>> nodes = new ArrayList<>();
      nodes.add(mapped.value());
      nodes.add(mapped.logDet());
      nodes.addAll(Gradients.of(g, both, List.of(x, raw)));
      return nodes;
    }
  }
}
