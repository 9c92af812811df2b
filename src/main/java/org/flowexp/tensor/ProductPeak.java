package org.flowexp.tensor;

import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/** How fast products of matrices can be here: what a share of the machine's peak is measured by. */
public final class ProductPeak {
  private static final int SIDE = 1024;
  private static final int PRODUCTS = 30;
  private static final int ROUNDS = 3;

  private ProductPeak() {}

  /**
   * Operations a second of a product of two square matrices of 1,024 rows, the best of three rounds
   * of thirty.
   *
   * @param nanos a clock, of the processor or of the wall
   */
  public static double of(Precision precision, SessionOptions options, LongSupplier nanos) {
    double[] numbers = new double[SIDE * SIDE];
    Arrays.fill(numbers, 1.0 / SIDE);
    try (GraphBuilder g = new GraphBuilder(precision);
        TFloating fed = precision.tensor(numbers, SIDE, SIDE)) {
      // Fed: the product of constants is taken once, before the first run.
      Operand<TFloating> factor = g.placeholder(SIDE, SIDE);
      Operand<TFloating> product = factor;
      for (int i = 0; i < PRODUCTS; i++) {
        product = g.tf().linalg.matMul(product, factor);
      }
      Operand<TFloating> result = g.sum(product, 0, 1);
      try (Session session = options.open(g.graph())) {
        return best(() -> session.runner().feed(factor, fed).fetch(result), nanos);
      }
    }
  }

  private static double best(Supplier<Session.Runner> runs, LongSupplier nanos) {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round <= ROUNDS; round++) {
      Session.Runner runner = runs.get();
      long begin = nanos.getAsLong();
      try (var sum = runner.run()) {
        assert sum.size() == 1;
      }
      double taken = (double) (nanos.getAsLong() - begin);
      // The first round pays for the start.
      least = round == 0 ? least : Math.min(least, taken);
    }
    return PRODUCTS * 2.0 * SIDE * SIDE * SIDE / (least * 1e-9);
  }
}
