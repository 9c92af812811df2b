package org.flowexp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.junit.jupiter.api.Test;

class GaussLegendreTest {
  private static final List<UnivariateFunction> FUNCTIONS =
      List.of(
          t -> Math.exp(-(t * t * t * t / 4 - 3 * t * t + 0.3 * t)),
          t -> Math.exp(-t * t / 2),
          t -> 1 / (1 + 25 * t * t),
          t -> Math.cos(7 * t) * Math.exp(t),
          t -> 0);

  @Test
  void theRuleIsTheOneInFortyDigits() {
    var exact = new GaussIntegratorFactory().legendreHighPrecision(GaussLegendre.POINTS);
    var rule = GaussLegendre.rule(-1, 1);
    var rounded = new GaussIntegratorFactory().legendre(GaussLegendre.POINTS);
    boolean same = true;
    for (int i = 0; i < GaussLegendre.POINTS; i++) {
      assertEquals(exact.getPoint(i), rule.getPoint(i), 0);
      assertEquals(exact.getWeight(i), rule.getWeight(i), 0);
      same &= rounded.getPoint(i) == rule.getPoint(i);
    }
    assertEquals(false, same, "the rule in double precision is told apart");
  }

  @Test
  void integralsAreThoseOfTheLibraryBitForBit() {
    var library = new IterativeLegendreGaussIntegrator(GaussLegendre.POINTS, 1e-12, 1e-14);
    var coarse = new IterativeLegendreGaussIntegrator(GaussLegendre.POINTS - 1, 1e-12, 1e-14);
    int told = 0;
    for (UnivariateFunction f : FUNCTIONS) {
      double ours = new GaussLegendre(1e-12, 1e-14).integrate(2_000_000, f, -8, 7.5);
      assertEquals(library.integrate(2_000_000, f, -8, 7.5), ours, 0);
      told += coarse.integrate(2_000_000, f, -8, 7.5) == ours ? 0 : 1;
    }
    assertNotEquals(0, told, "a rule of 23 points is told apart");
  }

  @Test
  void aFunctionWithAnInfiniteEndIsGivenUp() {
    assertThrows(
        TooManyEvaluationsException.class,
        () -> new GaussLegendre(1e-12, 1e-14).integrate(20_000, t -> 1 / t, 0, 1));
  }
}
