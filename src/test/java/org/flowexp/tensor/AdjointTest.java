package org.flowexp.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** Derivatives by hand among TensorFlow's own. */
final class AdjointTest {
  private final GraphBuilder g = new GraphBuilder(Precision.FLOAT64);

  @AfterEach
  void close() {
    g.close();
  }

  /** y = x³ by hand; the factor says how much of its derivative is given. */
  private Operand<TFloating> cube(Operand<TFloating> x, double factor) {
    var tf = g.tf();
    return g.withAdjoint(
            List.of(tf.math.mul(x, tf.math.square(x))),
            List.of(x),
            cotangents ->
                List.of(
                    tf.math.mul(
                        cotangents.get(0), tf.math.mul(g.constant(factor), tf.math.square(x)))))
        .get(0);
  }

  /** f = Σ sin(c + x) · c with c = x³, then cubed again. */
  private Operand<TFloating> composed(Operand<TFloating> x, double factor) {
    var tf = g.tf();
    Operand<TFloating> c = cube(x, factor);
    Operand<TFloating> between = tf.math.mul(tf.math.sin(tf.math.add(c, x)), c);
    return g.sum(cube(between, factor), 0);
  }

  private Operand<TFloating> plain(Operand<TFloating> x) {
    var tf = g.tf();
    Operand<TFloating> c = tf.math.mul(x, tf.math.square(x));
    Operand<TFloating> between = tf.math.mul(tf.math.sin(tf.math.add(c, x)), c);
    return g.sum(tf.math.mul(between, tf.math.square(between)), 0);
  }

  @Test
  void composedDerivativesByHandAreTensorFlows() {
    Operand<TFloating> x = g.constant(new double[] {0.3, -1.2, 0.9});
    double[] expected = value(Gradients.of(g, plain(x), x));
    assertArrayEquals(expected, value(Gradients.of(g, composed(x, 3), x)), 1e-14);
    // What is given is what is used.
    assertNotEquals(expected[1], value(Gradients.of(g, composed(x, 2), x))[1], 1e-3);
  }

  @Test
  void soAreSecondDerivatives() {
    Operand<TFloating> x = g.constant(new double[] {0.3, -1.2, 0.9});
    Operand<TFloating> first = Gradients.of(g, composed(x, 3), x);
    Operand<TFloating> expected = Gradients.of(g, plain(x), x);
    assertArrayEquals(value(Gradients.of(g, expected, x)), value(Gradients.of(g, first, x)), 1e-12);
  }

  @Test
  void pathsPastACutAndThroughItAddUp() {
    Operand<TFloating> x = g.constant(new double[] {2});
    Operand<TFloating> y = g.tf().math.add(cube(x, 3), g.tf().math.square(x));
    assertArrayEquals(new double[] {3 * 4 + 2 * 2}, value(Gradients.of(g, y, x)));
  }

  @Test
  void aCutIsAnEndAnArgumentAndAValue() {
    Operand<TFloating> x = g.constant(new double[] {2});
    Operand<TFloating> c = cube(x, 3);
    Operand<TFloating> y = cube(c, 3);
    List<Operand<TFloating>> both = Gradients.of(g, y, List.of(c, x, y));
    assertArrayEquals(new double[] {3 * 64}, value(both.get(0)));
    assertArrayEquals(new double[] {3 * 64 * 12}, value(both.get(1)));
    assertArrayEquals(new double[] {1}, value(both.get(2)));
  }

  @Test
  void anAdjointBehindADetachedOperationIsNotBuilt() {
    Operand<TFloating> x = g.constant(new double[] {2});
    int[] built = {0};
    Operand<TFloating> c =
        g.withAdjoint(
                List.of(g.tf().math.square(x)),
                List.of(x),
                cotangents -> {
                  built[0]++;
                  return cotangents;
                })
            .get(0);
    Operand<TFloating> y = g.tf().math.square(g.tf().stopGradient(c));
    assertArrayEquals(new double[] {0}, value(Gradients.of(g, y, x)));
    assertEquals(0, built[0]);
    Gradients.of(g, g.tf().math.square(c), x);
    assertEquals(1, built[0]);
  }

  @Test
  void anOutputThatNobodyReadsCountsAsZero() {
    Operand<TFloating> x = g.constant(new double[] {2});
    List<Operand<TFloating>> two =
        g.withAdjoint(
            List.of(g.tf().math.square(x), g.tf().math.neg(x)),
            List.of(x),
            cotangents ->
                List.of(
                    g.tf()
                        .math
                        .sub(
                            g.tf().math.mul(cotangents.get(0), g.constant(4)), cotangents.get(1))));
    assertArrayEquals(new double[] {4}, value(Gradients.of(g, two.get(0), x)));
    assertArrayEquals(new double[] {-1}, value(Gradients.of(g, two.get(1), x)));
  }

  private double[] value(Operand<TFloating> y) {
    try (var session = SessionOptions.cpu(1).open(g.graph());
        var result = session.runner().fetch(y).run()) {
      return Precision.values(result.get(0));
    }
  }
}
