package org.flowexp.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.flowexp.tensor.Precision;
import org.flowexp.testing.DoubleWell;
import org.junit.jupiter.api.Test;

class FlowLayoutTest {
  @Test
  void parametersAreCountedWithoutAGraphAsWithOne() {
    var experiment = DoubleWell.main().experiment(DoubleWell.l2(), 0);
    try (Program program = Lowering.lower(experiment, Precision.FLOAT32)) {
      assertEquals(program.parameters().size(), FlowLayout.parameters(experiment.architecture()));
    }
    // each of 8 couplings: 6 numbers to 64 to 64 to 6 scales and 6 shifts
    int coupling = 6 * 64 + 64 + 64 * 64 + 64 + 64 * 12 + 12;
    assertEquals(8 * coupling, FlowLayout.parameters(experiment.architecture()));
  }
}
