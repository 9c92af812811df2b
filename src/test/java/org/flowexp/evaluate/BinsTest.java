package org.flowexp.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.flowexp.model.FigureModel;
import org.junit.jupiter.api.Test;

final class BinsTest {
  private static final double DEGREE = Math.PI / 180;

  private static Bins circle(boolean isPeriodic) {
    return Bins.of(
        new FigureModel.Axis(
            "phi",
            "deg",
            DEGREE,
            isPeriodic,
            36,
            Optional.of(new FigureModel.Range(-180 * DEGREE, 180 * DEGREE))),
        List.of());
  }

  @Test
  void anAngleOnACircleHasNoEnds() {
    Bins bins = circle(true);
    assertEquals(0, bins.of(-179 * DEGREE));
    assertEquals(0, bins.of(181 * DEGREE));
    assertEquals(35, bins.of(-181 * DEGREE));
    assertEquals(18, bins.of(0));
    assertEquals(bins.of(-Math.PI), bins.of(Math.PI), "one direction");
    // Where the axis is no circle, a turn further is outside.
    assertTrue(circle(false).of(181 * DEGREE) < 0);
    assertNotEquals(circle(false).of(-Math.PI), circle(false).of(Math.PI));
    assertEquals(-3, bins.of(Double.NaN));
  }

  @Test
  void anAxisWithoutARangeHoldsTheSamplesButForStrays() {
    double[] values = IntStream.range(0, 10_000).mapToDouble(i -> 100 + i / 1_000.0).toArray();
    values[0] = -1e6;
    values[9_999] = Double.POSITIVE_INFINITY;
    Bins bins =
        Bins.of(new FigureModel.Axis("u", "", 1, false, 50, Optional.empty()), List.of(values));
    assertTrue(bins.axis().low() < 100 && bins.axis().low() > 95, bins.axis().toString());
    assertTrue(bins.axis().high() > 110 && bins.axis().high() < 115, bins.axis().toString());
    assertEquals(-1, bins.of(values[0]));
    assertEquals(-3, bins.of(values[9_999]));
    assertEquals(-2, bins.of(1e3));
    double[] lengths = {0.15, 0.16, 0.0};
    double low =
        Bins.of(new FigureModel.Axis("r", "nm", 1, false, 50, Optional.empty()), List.of(lengths))
            .axis()
            .low();
    assertEquals(0, low, "no length is negative");
  }

  @Test
  void samplesThatAreAllTheSameHaveAnAxis() {
    Bins bins =
        Bins.of(
            new FigureModel.Axis("n", "", 1, false, 10, Optional.empty()),
            List.of(new double[] {3, 3, 3}));
    assertTrue(bins.of(3) >= 0, bins.axis().toString());
  }
}
