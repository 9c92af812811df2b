package org.flowexp.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowexp.testing.Texts;
import org.junit.jupiter.api.Test;

/** The proof that arms may be compared, and sweeps for which there is none. */
class FairnessTest {
  private static String toy(String axes) throws Exception {
    return Files.readString(Path.of("src/test/resources/diagnostics/FX0601-unused/fixed.flowexp"))
        .replace(
            "import \"std/losses\" { kl_x, l2_masked }",
            "import \"std/losses\" { kl_x, kl_z, l2_masked }")
        .replace("param width", "param more : steps = 20 steps\nparam width")
        .replace("minimize = objective, steps = 20 steps", "minimize = objective, steps = more")
        .replace("objective in [l2_masked]", axes);
  }

  private static Fairness of(String axes) throws Exception {
    return Fairness.of(
        Texts.check(toy(axes).replaceFirst("flowexp 1", "")).suite().orElseThrow().sweeps().get(0));
  }

  @Test
  void armsThatDifferInTheLossOfOnePhaseShareTheOtherAndSpendTheSame() throws Exception {
    Fairness fair = of("objective in [l2_masked, kl_z]");
    assertEquals(List.of("phase repair: minimize"), fair.differs());
    assertEquals(List.of("pretrain"), fair.shared());
    assertTrue(fair.sameSteps() && fair.sameSamples() && fair.sameEnergies());
    // 20 steps of 64 samples, and one evaluation of 100,000.
    assertEquals(20, fair.budgets().get(0).steps());
    assertEquals(20 * 64, fair.budgets().get(0).samples());
  }

  @Test
  void anArmThatTrainsLongerSpendsMore() throws Exception {
    Fairness unfair = of("objective in [l2_masked], more in [20 steps, 40 steps]");
    assertEquals(List.of("phase repair: steps"), unfair.differs());
    assertFalse(unfair.sameSteps());
    assertFalse(unfair.sameSamples());
    assertFalse(unfair.sameEnergies());
    assertEquals(List.of(20L, 40L), unfair.budgets().stream().map(Fairness.Budget::steps).toList());
  }

  @Test
  void armsWithOtherArchitecturesShareNoPhase() throws Exception {
    Fairness unshared = of("objective in [l2_masked], width in [16, 32]");
    assertEquals(List.of("architecture"), unshared.differs());
    assertEquals(List.of(), unshared.shared());
    assertEquals(40, unshared.budgets().get(0).steps());
  }
}
