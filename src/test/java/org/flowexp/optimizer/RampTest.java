package org.flowexp.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RampTest {
  @Test
  void theCosineRisesToItsTopAndEndsAtItsEnd() {
    Ramp ramp = new Ramp.Cosine(1e-3, 2e-5, 50);
    assertEquals(2e-5, ramp.at(0, 400), 1e-18);
    assertEquals(5e-4, ramp.at(24, 400), 1e-18);
    assertEquals(1e-3, ramp.at(49, 400), 1e-18);
    assertEquals(2e-5, ramp.at(399, 400), 1e-18);
    assertEquals((1e-3 + 2e-5) / 2, ramp.at(49 + 175, 400), 1e-18);
    for (long step = 50; step < 400; step++) {
      assertTrue(ramp.at(step, 400) < ramp.at(step - 1, 400));
    }
  }

  @Test
  void withoutWarmUpTheCosineStartsAtItsTop() {
    assertEquals(1, new Ramp.Cosine(1, 0, 0).at(0, 10));
    assertEquals(0, new Ramp.Cosine(1, 0, 0).at(9, 10));
  }

  @Test
  void aPhaseShorterThanTheWarmUpOnlyRises() {
    assertEquals(0.5, new Ramp.Cosine(1, 0, 10).at(4, 5));
  }

  @Test
  void aLineMeetsBothEnds() {
    assertEquals(3, new Ramp.Linear(3, 1).at(0, 11));
    assertEquals(2, new Ramp.Linear(3, 1).at(5, 11));
    assertEquals(1, new Ramp.Linear(3, 1).at(10, 11));
    assertEquals(1, new Ramp.Linear(3, 1).at(0, 1));
    assertEquals(7, new Ramp.Constant(7).at(3, 10));
  }
}
