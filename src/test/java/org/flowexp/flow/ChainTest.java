package org.flowexp.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

class ChainTest {
  private static final int DIM = 5;
  private static final int ROWS = 7;

  /** A coupling after one with its mask, with the complement, and with another mask. */
  @Test
  void couplingsThatHandOnTheirPartsGiveTheSameBitsAsOneByOne() {
    ParameterLayout layout = new ParameterLayout();
    Mask even = Mask.alternating(DIM, 0);
    Mask tail = Mask.range(DIM, 2, DIM);
    List<Bijection> parts = new ArrayList<>();
    for (Mask mask : List.of(even, even, even.complement(), tail, even, tail.complement())) {
      parts.add(
          new Coupling(
              layout, "c" + parts.size(), mask, Network.silu(4), new AffineTransformer(1)));
    }
    try (var g = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> x = g.constant(numbers(ROWS * DIM, 3), ROWS, DIM);
      var parameters =
          new Parameters(g, layout, g.constant(numbers(layout.size(), 4), layout.size()));
      List<Bijection> reversed = new ArrayList<>(parts);
      Collections.reverse(reversed);
      List<Operand<TFloating>> nodes = new ArrayList<>();
      nodes.add(new Chain(parts).forward(parameters, x).value());
      nodes.add(new Chain(parts).inverse(parameters, x).value());
      nodes.add(walk(parts, x, (part, at) -> part.forward(parameters, at)));
      nodes.add(walk(reversed, x, (part, at) -> part.inverse(parameters, at)));
      List<double[]> values = values(g, nodes);
      assertArrayEquals(values.get(2), values.get(0), "forward");
      assertArrayEquals(values.get(3), values.get(1), "inverse");
      assertFalse(Arrays.equals(values.get(0), values.get(1)), "the chain does something");
    }
  }

  private interface Step {
    Mapped at(Bijection part, Operand<TFloating> value);
  }

  private static Operand<TFloating> walk(
      List<Bijection> parts, Operand<TFloating> start, Step step) {
    Operand<TFloating> value = start;
    for (Bijection part : parts) {
      value = step.at(part, value).value();
    }
    return value;
  }

  private static List<double[]> values(GraphBuilder g, List<Operand<TFloating>> nodes) {
    List<double[]> values = new ArrayList<>();
    try (var session = SessionOptions.cpu(1).open(g.graph())) {
      var runner = session.runner();
      nodes.forEach(runner::fetch);
      try (var result = runner.run()) {
        result.forEach(entry -> values.add(Precision.values(entry.getValue())));
      }
    }
    return values;
  }

  private static double[] numbers(int count, long seed) {
    return new Random(seed).doubles(count, -1, 1).toArray();
  }
}
