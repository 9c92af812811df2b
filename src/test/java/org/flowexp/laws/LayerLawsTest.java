package org.flowexp.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.flowexp.tensor.Precision;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each law for each layer, precision and seed. */
final class LayerLawsTest {
  private static final long[] SEEDS = {1, 2, 3};
  private static final int ROWS = 40;

  @TestFactory
  Stream<DynamicTest> layersObeyTheLaws() {
    return Layers.all()
        .flatMap(
            layer ->
                Stream.of(Precision.values())
                    .map(
                        precision ->
                            DynamicTest.dynamicTest(
                                layer + " in " + precision.word(), () -> obeys(layer, precision))));
  }

  private static void obeys(Layer layer, Precision precision) {
    try (Bench bench = new Bench(layer, precision)) {
      for (long seed : SEEDS) {
        double[] theta = bench.randomised(seed, layer.weights());
        double[][] rows = Laws.arguments(layer, bench.dim(), seed, ROWS);
        switch (precision) {
          case FLOAT64 -> obeysInDouble(layer, bench, theta, rows);
          case FLOAT32 -> obeysInSingle(bench, theta, rows);
        }
        if (layer.start() == Layer.Start.IDENTITY) {
          atMost(
              16 * layer.spread() * precision.epsilon(),
              Laws.isIdentity(bench, bench.initial(seed), rows),
              "identity at the start");
        }
        double[][] many = Laws.arguments(layer, bench.dim(), seed, 600);
        assertEquals(0, Laws.unreached(bench, theta, many), "parameters without a gradient");
      }
    }
  }

  private static void obeysInDouble(Layer layer, Bench bench, double[] theta, double[][] rows) {
    atMost(layer.tolerance() * layer.spread(), Laws.roundTrip(bench, theta, rows), "round trip");
    atMost(10 * layer.tolerance(), Laws.logDetsCancel(bench, theta, rows), "log-dets cancel");
    atMost(10 * layer.tolerance(), Laws.logDetIsAutodiffs(bench, theta, rows), "autodiff");
    atMost(1e-4, Laws.logDetIsDifferences(bench, theta, rows), "central differences");
    atMost(
        1e-12, Laws.rowsAreIndependent(bench, theta, Arrays.copyOf(rows, 5)), "rows independent");
  }

  // What single precision measures at these weights, rounded up.
  private static void obeysInSingle(Bench bench, double[] theta, double[][] rows) {
    atMost(2e-3, Laws.roundTrip(bench, theta, rows), "round trip");
    atMost(2e-3, Laws.logDetsCancel(bench, theta, rows), "log-dets cancel");
    atMost(1e-3, Laws.logDetIsAutodiffs(bench, theta, rows), "autodiff");
    atMost(1e-4, Laws.rowsAreIndependent(bench, theta, Arrays.copyOf(rows, 5)), "rows independent");
  }

  private static void atMost(double bound, double measured, String law) {
    assertTrue(measured <= bound, () -> law + ": off by " + measured + ", allowed " + bound);
  }
}
