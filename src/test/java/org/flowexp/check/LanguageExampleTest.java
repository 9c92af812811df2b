package org.flowexp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Severity;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.units.Constants;
import org.flowexp.units.Dimension;
import org.junit.jupiter.api.Test;

/** The language's design has an example of butane; it is checked letter by letter. */
class LanguageExampleTest {
  private static final String DIFFERENCE = "free_energy_difference(not gauche, gauche)";

  private static String butane() throws IOException {
    return Files.readString(Path.of("src/test/resources/examples/butane.flowexp"));
  }

  private static List<String> errors(String text) {
    return Checks.of(text).found().stream()
        .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
        .map(Diagnostic::code)
        .toList();
  }

  @Test
  void butaneOfTheDesignHasNoMistake() throws IOException {
    assertEquals(List.of(), errors(butane()));
  }

  @Test
  void aDifferenceBetweenSetsOfAtomsIsNoPlainNumber() throws IOException {
    assertEquals(List.of("FX0301"), errors(butane().replace("1.4 kJ/mol", "1.4")));
    assertEquals(List.of("FX0301"), errors(butane().replace(DIFFERENCE, "kB * T * " + DIFFERENCE)));
  }

  @Test
  void aDifferenceBetweenSetsOfOtherKindsIsInThermalUnits() throws IOException {
    String sets = "free_energy_difference(u < 20, not (u < 20))";
    String plain =
        butane()
            .replace(DIFFERENCE + " - 1.4 kJ/mol", sets + " - 1.4")
            .replace("< 0.3 kJ/mol", "< 0.3");
    assertEquals(List.of(), errors(plain));
    assertEquals(List.of("FX0301"), errors(butane().replace(DIFFERENCE, sets)));
  }

  @Test
  void itsUnitIsThatOfTheSystemsTemperature() throws IOException {
    assertTrue(hasNumber(butane(), Constants.BOLTZMANN * 300));
    String hot = butane().replace("(200 K..600 K) = 300 K", "(200 K..600 K) = 600 K");
    assertTrue(hasNumber(hot, Constants.BOLTZMANN * 600));
  }

  private static boolean hasNumber(String text, double kT) {
    return Checks.of(text).suite().orElseThrow().sweeps().stream()
        .flatMap(sweep -> sweep.arms().stream())
        .allMatch(
            arm ->
                arm.experiment().metrics().stream()
                    .anyMatch(
                        metric ->
                            Formulas.contains(
                                metric.formula(),
                                part ->
                                    part instanceof Formula.Number n
                                        && n.dimension().equals(Dimension.ENERGY)
                                        && Math.abs(n.value() / kT - 1) < 1e-12)));
  }

  @Test
  void aStepOfTimeSuitsAMolecule() throws IOException {
    assertEquals(List.of(), errors(butane().replace("step = 1 fs", "step = 0.3")));
    assertEquals(List.of("FX0301"), errors(butane().replace("step = 1 fs", "step = 1 nm")));
    assertEquals(List.of("FX0401"), errors(butane().replace("step = 1 fs", "step = 0 fs")));
  }

  @Test
  void anAnalyticSystemHasNoUnitOfTime() {
    String flat =
        """
        flowexp 1
        ## A trajectory over a plane.
        system flat = analytic { dim = 2, energy = sum(s[i]^2 / 2 for i in 0..1) }
        sampler pt = parallel_tempering { system = flat, ladder = geometric(1 -> 8, rungs = 8)
          moves = [hmc { step = 0.3, length = 5 steps }], seed = 1 }
        data all = pt.draw(100 samples)
        """;
    assertEquals(List.of(), errors(flat));
    assertEquals(List.of("FX0536"), errors(flat.replace("step = 0.3", "step = 1 fs")));
  }
}
