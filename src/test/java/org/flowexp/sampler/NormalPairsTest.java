package org.flowexp.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The random walk's steps, against the normal distribution. */
class NormalPairsTest {
  private static final int ROWS = 500;
  private static final int DIM = 20;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void eachStepOfABlockIsStandardNormal(Precision precision) {
    for (double[] step : steps(precision, 3)) {
      assertTrue(pValue(step, 1) > 1e-6);
      assertTrue(pValue(step, 1.2) < 1e-6, "a fifth too wide would be seen");
    }
  }

  /** Pairs share a radius, so squares of partners are where a mistake would show. */
  @Test
  void stepsAreIndependentOfOneAnother() {
    List<double[]> steps = steps(Precision.FLOAT32, 4);
    double sigma = 1 / Math.sqrt(ROWS * DIM);
    for (int a = 0; a < steps.size(); a++) {
      for (int b = 0; b < a; b++) {
        assertEquals(0, correlation(steps.get(a), steps.get(b), 1), 5 * sigma);
        assertEquals(0, correlation(steps.get(a), steps.get(b), 2), 5 * sigma);
      }
      assertTrue(correlation(steps.get(a), steps.get(a), 2) > 0.9, "itself would be seen");
    }
  }

  private static double pValue(double[] sample, double deviation) {
    return new KolmogorovSmirnovTest()
        .kolmogorovSmirnovTest(new NormalDistribution(null, 0, deviation), sample);
  }

  /** Of the powers of two samples. */
  private static double correlation(double[] a, double[] b, int power) {
    return new PearsonsCorrelation().correlation(powers(a, power), powers(b, power));
  }

  private static double[] powers(double[] a, int power) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.pow(a[i], power)).toArray();
  }

  private static List<double[]> steps(Precision precision, int count) {
    List<double[]> steps = new ArrayList<>();
    try (var g = new GraphBuilder(precision)) {
      var key = g.keyPlaceholder();
      List<Operand<TFloating>> nodes = RandomWalk.normal(g, key, new Move.Block(count, ROWS, DIM));
      try (var session = SessionOptions.cpu(1).open(g.graph());
          var fed = GraphBuilder.key(Seeds.key(5, "normal pairs", 0))) {
        var runner = session.runner().feed(key, fed);
        nodes.forEach(runner::fetch);
        try (var result = runner.run()) {
          for (int i = 0; i < count; i++) {
            steps.add(Precision.values(result.get(i)));
          }
        }
      }
    }
    return steps;
  }
}
