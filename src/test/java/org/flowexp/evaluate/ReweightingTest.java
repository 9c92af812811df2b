package org.flowexp.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Interpreter;
import org.flowexp.testing.Texts;
import org.junit.jupiter.api.Test;

/**
 * Errors of reweighted averages fall as 1/√N (PHYSICS §6), on the tilted quartic well of the double
 * well in 12 dimensions, u = s⁴/4 − 3s² + 0.3s, from a mixture of two Gaussians with the wells in
 * the wrong ratio. The other eleven coordinates are exact and cancel in every weight.
 */
final class ReweightingTest {
  private static final double CENTRE = Math.sqrt(6);
  private static final double WIDTH = 0.45;
  private static final double LEFT = 0.3;
  private static final int REPEATS = 64;
  private static final int[] SIZES = {100, 1_000, 10_000, 100_000};

  private static final String REWEIGHTED = "probability(x[0] < 0, reweighted = true)";
  private static final String LOG_Z = "log_mean_exp(log_w)";
  private static final String PLAIN = "probability(x[0] < 0)";

  private static final double END = 7;
  private static final int CELLS = 14_000;

  private static final double Z = integral(s -> Math.exp(-u(s)));
  private static final double P_LEFT = integral(s -> s < 0 ? Math.exp(-u(s)) / Z : 0);

  private static double u(double s) {
    return s * s * s * s / 4 - 3 * s * s + 0.3 * s;
  }

  private static double logQ(double s) {
    double a = (s + CENTRE) / WIDTH;
    double b = (s - CENTRE) / WIDTH;
    double norm = WIDTH * Math.sqrt(2 * Math.PI);
    return Math.log((LEFT * Math.exp(-a * a / 2) + (1 - LEFT) * Math.exp(-b * b / 2)) / norm);
  }

  /** The midpoint rule; 0 is an edge. */
  private static double integral(DoubleUnaryOperator f) {
    double step = 2 * END / CELLS;
    double sum = 0;
    for (int i = 0; i < CELLS; i++) {
      sum += f.applyAsDouble(-END + (i + 0.5) * step) * step;
    }
    return sum;
  }

  private static ArraySamples draw(int count, SplittableRandom random) {
    double[] x = new double[count];
    double[] u = new double[count];
    double[] logQ = new double[count];
    for (int i = 0; i < count; i++) {
      double centre = random.nextDouble() < LEFT ? -CENTRE : CENTRE;
      x[i] = centre + WIDTH * random.nextGaussian();
      u[i] = u(x[i]);
      logQ[i] = logQ(x[i]);
    }
    return ArraySamples.of(count, 1, Map.of("x", x, "u", u, "log_q", logQ));
  }

  private static Formula metric(String text) {
    return Texts.metric(text);
  }

  /** Root mean squared errors of each metric for each of {@link #SIZES}, on the same samples. */
  private static Map<String, double[]> errors(Map<String, Double> exact) {
    Map<String, Formula> metrics = new TreeMap<>();
    Map<String, double[]> errors = new TreeMap<>();
    exact.forEach((text, value) -> metrics.put(text, metric(text)));
    exact.forEach((text, value) -> errors.put(text, new double[SIZES.length]));
    for (int k = 0; k < SIZES.length; k++) {
      SplittableRandom random = new SplittableRandom(31L + k);
      for (int r = 0; r < REPEATS; r++) {
        Interpreter one = new Interpreter(draw(SIZES[k], random));
        for (String text : exact.keySet()) {
          double deviation = one.value(metrics.get(text)) - exact.get(text);
          errors.get(text)[k] += deviation * deviation / REPEATS;
        }
      }
    }
    errors.replaceAll((text, squares) -> Arrays.stream(squares).map(Math::sqrt).toArray());
    return errors;
  }

  /** Least squares of log error on log N. */
  private static double slope(double[] errors) {
    double[] x = Arrays.stream(SIZES).mapToDouble(Math::log).toArray();
    double middle = Arrays.stream(x).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    for (int k = 0; k < x.length; k++) {
      xy += (x[k] - middle) * Math.log(errors[k]);
      xx += (x[k] - middle) * (x[k] - middle);
    }
    return xy / xx;
  }

  /** Five standard errors of the slope: each log error has the error 1/√(2 repeats). */
  private static double tolerance() {
    double[] x = Arrays.stream(SIZES).mapToDouble(Math::log).toArray();
    double middle = Arrays.stream(x).average().orElseThrow();
    double xx = Arrays.stream(x).map(v -> (v - middle) * (v - middle)).sum();
    return 5 / Math.sqrt(2 * REPEATS * xx);
  }

  private static void assertFallsAs(double[] errors, double variance) {
    assertEquals(-0.5, slope(errors), tolerance(), () -> Arrays.toString(errors));
    int last = SIZES.length - 1;
    double expected = Math.sqrt(variance / SIZES[last]);
    assertEquals(expected, errors[last], 5 * expected / Math.sqrt(2.0 * REPEATS));
  }

  private static double weight(double s) {
    return Math.exp(-u(s) - logQ(s)) / Z;
  }

  @Test
  void reweightedEstimatesAreWrongByOneOverRootN() {
    Map<String, double[]> errors =
        errors(Map.of(REWEIGHTED, P_LEFT, LOG_Z, Math.log(Z), PLAIN, P_LEFT));
    double ofLeft =
        integral(
            s -> {
              double d = (s < 0 ? 1 : 0) - P_LEFT;
              return Math.exp(logQ(s)) * Math.pow(weight(s) * d, 2);
            });
    assertFallsAs(errors.get(REWEIGHTED), ofLeft);
    assertFallsAs(errors.get(LOG_Z), integral(s -> Math.exp(logQ(s)) * Math.pow(weight(s) - 1, 2)));
    // Without weights more samples do not help.
    double[] plain = errors.get(PLAIN);
    assertFalse(Math.abs(slope(plain) + 0.5) < tolerance());
    assertTrue(plain[SIZES.length - 1] > 0.4);
  }

  /** The error that one run states is that of many runs. */
  @Test
  void standardErrorsAreTheSpreadOverRepeats() {
    for (String text :
        new String[] {REWEIGHTED, LOG_Z, "free_energy_difference(x[0] < 0, x[0] > 0)"}) {
      SplittableRandom random = new SplittableRandom(5);
      Formula metric = metric(text);
      Formula stated = metric("standard_error(" + text + ")");
      double sum = 0;
      double squares = 0;
      double errors = 0;
      for (int r = 0; r < REPEATS; r++) {
        Interpreter one = new Interpreter(draw(2_000, random));
        double value = one.value(metric);
        sum += value;
        squares += value * value;
        errors += one.value(stated) / REPEATS;
      }
      double mean = sum / REPEATS;
      double spread = Math.sqrt((squares - REPEATS * mean * mean) / (REPEATS - 1));
      assertEquals(1, errors / spread, 5 / Math.sqrt(2.0 * REPEATS), text);
    }
  }
}
