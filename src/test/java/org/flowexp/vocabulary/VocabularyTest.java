package org.flowexp.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import org.flowexp.catalog.Interval;
import org.flowexp.expression.Matrix;
import org.flowexp.optimizer.OptimizerSettings;
import org.flowexp.sampler.Ladder;
import org.flowexp.system.Rotation;
import org.flowexp.testing.Words;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void aWordIsThereOnceAndExplainsItself() {
    var names = Vocabulary.all().stream().map(definition -> definition.name()).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
    for (var definition : Vocabulary.all()) {
      assertFalse(definition.summary().isBlank());
      assertTrue(definition.example().contains(definition.name()), definition.name());
      assertEquals(definition, Vocabulary.find(definition.name()).orElseThrow());
    }
  }

  @Test
  void rotationsAreOrthogonalAndDependOnTheirSeed() {
    Matrix matrix = Rotation.random(7).apply(12);
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        double product = 0;
        for (int k = 0; k < 12; k++) {
          product += matrix.at(i, k) * matrix.at(j, k);
        }
        assertEquals(i == j ? 1 : 0, product, 1e-14);
      }
    }
    assertEquals(matrix, Rotation.random(7).apply(12));
    assertFalse(matrix.equals(Rotation.random(8).apply(12)));
  }

  @Test
  void aLadderHasEqualRatios() {
    var ladder =
        Words.part("geometric", Map.of("change", new Interval(1, 8), "rungs", 4L))
            .create(Ladder.class);
    double[] expected = {1, 2, 4, 8};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], ladder.temperatures().get(i), 1e-14);
    }
  }

  @Test
  void adamDoesNotClipUnlessAskedTo() {
    var adam =
        Words.part("adam", Map.of("lr", Words.constant(0.5))).create(OptimizerSettings.class);
    assertEquals(0.5, adam.learningRate().at(3, 10));
    assertEquals(Double.POSITIVE_INFINITY, adam.adam().clip());
  }
}
