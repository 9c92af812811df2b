package org.flowexp.expression;

import static org.flowexp.expression.Terms.batch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Four samples in modes 0, 0, 1, 3 of four modes that weigh 0.4, 0.3, 0.2, 0.1. */
final class ModesTest {
  private static final double EXACT = 1e-15;
  private static final double[] LABELS = {0, 0, 1, 3};
  private static final double[] WEIGHTS = {0.4, 0.4, 0.3, 0.1};

  private static double value(
      ModeMeasure measure, double above, double[] labels, double[] weights) {
    Columns samples = Columns.of(labels.length, Map.of("mode", labels, "weight", weights));
    return new Interpreter(samples)
        .value(new Formula.Modes(measure, above, batch("mode"), batch("weight")));
  }

  @Test
  void totalVariationIsHalfTheSumOfDeviationsMissedModesIncluded() {
    double byHand = 0.5 * ((0.5 - 0.4) + (0.3 - 0.25) + 0.2 + (0.25 - 0.1));
    assertEquals(byHand, value(ModeMeasure.TOTAL_VARIATION, 0, LABELS, WEIGHTS), EXACT);
    double withoutTheMissed = byHand - 0.1;
    assertNotEquals(withoutTheMissed, value(ModeMeasure.TOTAL_VARIATION, 0, LABELS, WEIGHTS));
  }

  @Test
  void theDivergenceCountsAMissedModeAsHalfASample() {
    double byHand =
        0.4 * Math.log(0.4 / 0.5)
            + 0.3 * Math.log(0.3 / 0.25)
            + 0.1 * Math.log(0.1 / 0.25)
            + 0.2 * Math.log(0.2 / 0.125);
    assertEquals(byHand, value(ModeMeasure.MODE_KL, 0, LABELS, WEIGHTS), 1e-14);
    Columns data = Columns.of(4, Map.of("mode", new double[] {0, 3, 1, 0}));
    Columns samples = new Columns(4, Map.of("mode", LABELS), Map.of(), Map.of(), Map.of("d", data));
    Formula same =
        new Formula.Modes(
            ModeMeasure.MODE_KL, 0, batch("mode"), new Formula.On("d", batch("mode")));
    assertEquals(0, new Interpreter(samples).value(same), EXACT);
  }

  @Test
  void missedMassIsTheWeightOfTheModesWithoutASample() {
    assertEquals(0.2, value(ModeMeasure.MISSED_MASS, 0, LABELS, WEIGHTS), EXACT);
  }

  @Test
  void modesOfMoreThanTheGivenWeightAreCounted() {
    assertEquals(3, value(ModeMeasure.MODES_FOUND, 0, LABELS, WEIGHTS));
    assertEquals(2, value(ModeMeasure.MODES_FOUND, 0.1, LABELS, WEIGHTS));
  }

  @Test
  void dataGiveTheWeightsByTheirShares() {
    Columns data = Columns.of(5, Map.of("mode", new double[] {0, 0, 1, 2, 3}));
    Columns samples = new Columns(4, Map.of("mode", LABELS), Map.of(), Map.of(), Map.of("d", data));
    Formula on = new Formula.On("d", batch("mode"));
    Interpreter interpreter = new Interpreter(samples);
    assertEquals(
        0.5 * (0.1 + 0.05 + 0.2 + 0.05),
        interpreter.value(new Formula.Modes(ModeMeasure.TOTAL_VARIATION, 0, batch("mode"), on)),
        EXACT);
    assertEquals(
        0.2,
        interpreter.value(new Formula.Modes(ModeMeasure.MISSED_MASS, 0, batch("mode"), on)),
        EXACT);
  }

  @Test
  void whatAreNoWeightsGivesNoNumber() {
    double[] different = {0.4, 0.3, 0.3, 0.1};
    double[] tooMuch = {0.9, 0.9, 0.3, 0.1};
    double[] negative = {0.4, 0.4, 0.3, -0.1};
    for (double[] weights : new double[][] {different, tooMuch, negative}) {
      assertTrue(Double.isNaN(value(ModeMeasure.TOTAL_VARIATION, 0, LABELS, weights)));
    }
  }

  @Test
  void measuresAndThresholdsHaveTextsOfTheirOwn() {
    Formula found = new Formula.Modes(ModeMeasure.MODES_FOUND, 0.1, batch("a"), batch("b"));
    Formula more = new Formula.Modes(ModeMeasure.MODES_FOUND, 0.2, batch("a"), batch("b"));
    Formula missed = new Formula.Modes(ModeMeasure.MISSED_MASS, 0.1, batch("a"), batch("b"));
    assertNotEquals(FormulaText.of(found), FormulaText.of(more));
    assertNotEquals(FormulaText.of(found), FormulaText.of(missed));
  }
}
