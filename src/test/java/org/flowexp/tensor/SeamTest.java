package org.flowexp.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

final class SeamTest {
  @ParameterizedTest
  @EnumSource
  void aVariableIsCutIntoParametersAndTheirGradientIsJoinedAgain(Precision precision) {
    ParameterLayout layout = new ParameterLayout();
    Slice kernel = layout.claim("kernel", Initializer.glorot(), 2, 3);
    Slice bias = layout.claim("bias", Initializer.zeros(), 3);
    layout.claim("unused", Initializer.zeros(), 1);
    try (GraphBuilder builder = new GraphBuilder(precision)) {
      Variable theta = new Variable(builder, "theta", layout.size());
      Parameters parameters = new Parameters(builder, layout, theta.value());
      Operand<TFloating> x = builder.constant(new double[][] {{1, 2}});
      Operand<TFloating> y =
          builder.sum(
              builder
                  .tf()
                  .math
                  .add(
                      builder.tf().linalg.matMul(x, parameters.tensor(kernel)),
                      parameters.tensor(bias)),
              0,
              1);
      Operand<TFloating> gradient = Gradients.of(builder, y, parameters.flat());
      try (Session session = SessionOptions.cpu(1).open(builder.graph())) {
        theta.assign(session, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        assertArrayEquals(new double[] {1, 1, 1, 2, 2, 2, 1, 1, 1, 0}, value(session, gradient));
        assertArrayEquals(new double[] {6 + 30 + 24}, value(session, y));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSingleParameterHasAGradientToo(Precision precision) {
    ParameterLayout layout = new ParameterLayout();
    Slice kernel = layout.claim("kernel", Initializer.zeros(), 2, 3);
    try (GraphBuilder builder = new GraphBuilder(precision)) {
      Variable theta = new Variable(builder, "theta", layout.size());
      Parameters parameters = new Parameters(builder, layout, theta.value());
      Operand<TFloating> x = builder.constant(new double[][] {{1, 2}});
      Operand<TFloating> y =
          builder.sum(builder.tf().linalg.matMul(x, parameters.tensor(kernel)), 0, 1);
      Operand<TFloating> gradient = Gradients.of(builder, y, parameters.flat());
      try (Session session = SessionOptions.cpu(1).open(builder.graph())) {
        theta.assign(session, new double[] {1, 2, 3, 4, 5, 6});
        assertArrayEquals(new double[] {1, 1, 1, 2, 2, 2}, value(session, gradient));
        assertArrayEquals(new double[] {6 + 30}, value(session, y));
      }
    }
  }

  @Test
  void aDerivativeThatDoesNotExistIsZero() {
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      Operand<TFloating> x = builder.constant(new double[] {1, 2});
      Operand<TFloating> detached = builder.tf().stopGradient(x);
      Operand<TFloating> stranger = builder.constant(new double[] {1, 2});
      Operand<TFloating> y = builder.sum(builder.tf().math.mul(detached, detached), 0);
      List<Operand<TFloating>> gradients = Gradients.of(builder, y, List.of(x, stranger, detached));
      try (Session session = SessionOptions.cpu(1).open(builder.graph())) {
        assertArrayEquals(new double[] {0, 0}, value(session, gradients.get(0)));
        assertArrayEquals(new double[] {0, 0}, value(session, gradients.get(1)));
        assertArrayEquals(new double[] {2, 4}, value(session, gradients.get(2)));
      }
    }
  }

  @Test
  void logSumExpSurvivesLargeAndEmptyRows() {
    try (GraphBuilder builder = new GraphBuilder(Precision.FLOAT64)) {
      double nothing = Double.NEGATIVE_INFINITY;
      Operand<TFloating> x =
          builder.constant(new double[][] {{1000, 1000}, {nothing, nothing}, {nothing, 3}});
      try (Session session = SessionOptions.cpu(1).open(builder.graph())) {
        assertArrayEquals(
            new double[] {1000 + Math.log(2), nothing, 3}, value(session, builder.logSumExp(x, 1)));
      }
    }
  }

  @Test
  void startValuesDependOnSeedAndNameOnly() {
    ParameterLayout one = new ParameterLayout();
    Slice alone = one.claim("kernel", Initializer.glorot(), 4, 4);
    ParameterLayout two = new ParameterLayout();
    two.claim("other", Initializer.he(), 4, 4);
    Slice second = two.claim("kernel", Initializer.glorot(), 4, 4);
    assertArrayEquals(alone.of(one.initial(5)), second.of(two.initial(5)));
  }

  @Test
  void devicesHaveWords() {
    assertEquals("gpu:1", Device.parse("gpu:1").orElseThrow().word());
    assertEquals(Device.CPU, Device.parse("cpu").orElseThrow());
    assertEquals(true, Device.parse("tpu").isEmpty());
  }

  private static double[] value(Session session, Operand<TFloating> y) {
    try (var result = session.runner().fetch(y).run()) {
      return Precision.values(result.get(0));
    }
  }
}
