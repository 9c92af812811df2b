package org.flowexp.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Mapped;
import org.flowexp.flow.Traced;
import org.flowexp.random.Seeds;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The way back of a forward pass is the inverse at its image, and so are its derivatives. */
final class TracedLawsTest {
  private static final int ROWS = 20;

  static Stream<Layer> layers() {
    return Layers.all();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theWayBackIsTheInverse(Layer layer) {
    List<List<double[]>> both = bothWays(layer, Variant.TRACED);
    for (int i = 0; i < both.get(0).size(); i++) {
      double[] inverse = both.get(1).get(i);
      double size = 1 + Arrays.stream(inverse).map(Math::abs).max().orElse(0);
      assertArrayEquals(inverse, both.get(0).get(i), 1e-8 * size, layer + ", " + i);
    }
  }

  /** The derivatives of the forward pass, with the sign of the inverse's, are other ones. */
  @Test
  void theDerivativesOfTheForwardPassAreNot() {
    Layer layer = Layers.all().filter(each -> each.name().equals("three splines")).findAny().get();
    List<List<double[]>> both = bothWays(layer, Variant.FORWARD);
    double[] wrong = both.get(0).get(2);
    double[] right = both.get(1).get(2);
    double difference = 0;
    for (int i = 0; i < right.length; i++) {
      difference = Math.max(difference, Math.abs(right[i] - wrong[i]));
    }
    assertTrue(difference > 1e-2, "difference " + difference);
  }

  private enum Variant {
    TRACED,
    FORWARD
  }

  /** Value, log-det and what parameters and image feel: of the way back, of the inverse. */
  private static List<List<double[]>> bothWays(Layer layer, Variant variant) {
    ParameterLayout layout = new ParameterLayout();
    Bijection bijection = layer.make().apply(layout);
    double[] theta = new double[Math.max(layout.size(), 1)];
    System.arraycopy(layout.initial(1), 0, theta, 0, layout.size());
    var generator = Seeds.generator(1, "law parameters", 0);
    for (int i = 0; i < theta.length; i++) {
      theta[i] += layer.weights() * (2 * generator.nextDouble() - 1);
    }
    double[] rows =
        Arrays.stream(Laws.arguments(layer, bijection.latentDim(), 2, ROWS))
            .flatMapToDouble(Arrays::stream)
            .toArray();
    try (GraphBuilder g = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> flat = g.constant(theta);
      Parameters parameters = new Parameters(g, layout, flat);
      Operand<TFloating> z = g.constant(rows, ROWS, bijection.latentDim());
      Traced traced = bijection.traced(parameters, z);
      Operand<TFloating> x = g.tf().stopGradient(traced.mapped().value());
      Mapped back =
          switch (variant) {
            case TRACED -> traced.back().at(x);
            case FORWARD ->
                new Mapped(traced.mapped().value(), g.tf().math.neg(traced.mapped().logDet()));
          };
      List<Operand<TFloating>> nodes = new ArrayList<>(nodes(g, back, flat, x));
      nodes.addAll(nodes(g, bijection.inverse(parameters, x), flat, x));
      List<double[]> values = new ArrayList<>();
      try (var session = SessionOptions.cpu(1).open(g.graph())) {
        var runner = session.runner();
        nodes.forEach(runner::fetch);
        try (var result = runner.run()) {
          result.forEach(entry -> values.add(Precision.values(entry.getValue())));
        }
      }
      int half = values.size() / 2;
      return List.of(values.subList(0, half), values.subList(half, values.size()));
    }
  }

  private static List<Operand<TFloating>> nodes(
      GraphBuilder g, Mapped mapped, Operand<TFloating> flat, Operand<TFloating> x) {
    var tf = g.tf();
    Operand<TFloating> felt =
        tf.math.add(
            g.sum(tf.math.sin(mapped.value()), 0, 1),
            g.sum(tf.math.mul(g.constant(2), mapped.logDet()), 0));
    List<Operand<TFloating>> nodes = new ArrayList<>(List.of(mapped.value(), mapped.logDet()));
    nodes.addAll(Gradients.of(g, felt, List.of(flat, x)));
    return nodes;
  }
}
