package org.flowexp.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.flowexp.flow.AffineTransformer;
import org.flowexp.flow.Bijection;
import org.flowexp.flow.Coupling;
import org.flowexp.flow.Network;
import org.flowexp.flow.SplineTransformer;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Precision;
import org.flowexp.tensor.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainingTest {
  private enum Flow {
    AFFINE,
    SPLINE;

    Bijection make(ParameterLayout layout) {
      return switch (this) {
        case AFFINE ->
            Coupling.alternating(
                layout, "affine", 6, 4, Network.silu(16, 16), new AffineTransformer(1));
        case SPLINE ->
            Coupling.alternating(
                layout, "spline", 6, 3, Network.silu(16, 16), SplineTransformer.linear(8, 5));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads(Flow flow) {
    double[] one = trained(flow, 5, SessionOptions.cpu(1));
    assertArrayEquals(one, trained(flow, 5, SessionOptions.cpu(1)));
    assertArrayEquals(one, trained(flow, 5, SessionOptions.cpu(2)));
    assertFalse(Arrays.equals(one, trained(flow, 6, SessionOptions.cpu(1))));
  }

  private static double[] trained(Flow flow, long seed, SessionOptions options) {
    try (Training training = new Training(flow::make, 256, Precision.FLOAT32, options)) {
      training.started(seed);
      for (int i = 0; i < 50; i++) {
        training.step();
      }
      return training.parameters();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLossFalls(Flow flow) {
    try (Training training =
        new Training(flow::make, 256, Precision.FLOAT32, SessionOptions.cpu(1))) {
      training.started(1);
      double first = training.step();
      double last = first;
      for (int i = 0; i < 200; i++) {
        last = training.step();
      }
      assertTrue(last < first - 0.5, first + " to " + last);
    }
  }

  @Test
  void tenThousandStepsLeaveTheMemoryFlat() {
    try (Training training =
        new Training(Flow.AFFINE::make, 256, Precision.FLOAT32, SessionOptions.cpu(1))) {
      training.started(1);
      for (int i = 0; i < 2000; i++) {
        training.step();
      }
      System.gc();
      long before = Pointer.physicalBytes();
      for (int i = 0; i < 10_000; i++) {
        training.step();
      }
      System.gc();
      // A leaked batch is 6 kB: 10,000 of them would be 61 MB. The parameters, once a step, would
      // be 50 MB.
      long grown = Pointer.physicalBytes() - before;
      assertTrue(grown < 20_000_000, grown + " bytes more");
    }
  }
}
