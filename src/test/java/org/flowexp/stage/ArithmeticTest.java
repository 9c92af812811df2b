package org.flowexp.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowexp.model.ExperimentModel;
import org.flowexp.testing.DoubleWell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which stages of two arithmetics are the same. */
class ArithmeticTest {
  private static final ExperimentModel EXPERIMENT =
      DoubleWell.small().sweep(List.of(DoubleWell.klZ()), 1).arms().get(0).experiment();

  @ParameterizedTest
  @ValueSource(strings = {"float32", "float64 xla", "float32 gpu", "float32 gpu tf32 xla"})
  void aWordIsReadAsItWasWritten(String word) {
    assertEquals(word, Arithmetic.of(word).word());
    assertEquals(word.substring(0, 7), Arithmetic.of(word).precision());
  }

  private static Set<String> keys(String arithmetic, String kind) {
    return Plan.chain(EXPERIMENT, new StageKeys(Arithmetic.of(arithmetic))).stream()
        .filter(stage -> stage.kind().equals(kind))
        .map(Stage::key)
        .collect(Collectors.toSet());
  }

  private static void assertApart(String one, String other, String kind) {
    assertNotEquals(Set.of(), keys(one, kind));
    assertNotEquals(keys(one, kind), keys(other, kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"phase", "evaluation"})
  void trainingIsKeptApartByEachWayOfComputing(String kind) {
    assertApart("float32", "float64", kind);
    assertApart("float32", "float32 xla", kind);
    assertApart("float32", "float32 gpu", kind);
    assertApart("float32 gpu", "float32 gpu tf32", kind);
    assertApart("float32 gpu", "float32 gpu xla", kind);
  }

  @Test
  void whatSamplersDrawIsSharedWithCompiledRuns() {
    assertEquals(keys("float32", "data"), keys("float32 xla", "data"));
    assertApart("float32", "float32 gpu", "data");
    assertThrows(
        AssertionError.class, () -> assertApart("float32", "float32 xla", "data"), "it can fail");
  }
}
