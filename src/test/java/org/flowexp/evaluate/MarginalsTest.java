package org.flowexp.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.flowexp.expression.SampleSet;
import org.flowexp.model.ExperimentModel;
import org.flowexp.run.Figure;
import org.flowexp.testing.Texts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Surfaces of a target in two dimensions, p(x, y) = (0.7 g(x + 1) + 0.3 g(x − 1)) h(y − x/2), g and
 * h Gaussians of the widths 0.5 and 0.7, sampled by a flow that has the ratio upside down and knows
 * nothing of the correlation. Shares of cells are quadratures of p (PHYSICS §6).
 */
final class MarginalsTest {
  private static final int FLOW = 40_000;
  private static final int DATA = 20_000;
  private static final int FINE = 24;

  private static Figure surface;
  private static Figure profile;
  private static Figure table;

  private static double gauss(double x, double width) {
    return Math.exp(-x * x / (2 * width * width)) / (width * Math.sqrt(2 * Math.PI));
  }

  private static double p(double x, double y) {
    return (0.7 * gauss(x + 1, 0.5) + 0.3 * gauss(x - 1, 0.5)) * gauss(y - x / 2, 0.7);
  }

  private static double q(double x, double y) {
    return (0.3 * gauss(x + 1, 0.6) + 0.7 * gauss(x - 1, 0.6)) * gauss(y, 1.2);
  }

  private static SampleSet samples(int count, boolean isFlow, SplittableRandom random) {
    double[] x = new double[2 * count];
    double[] u = new double[count];
    double[] logQ = new double[count];
    for (int i = 0; i < count; i++) {
      double side = random.nextDouble() < (isFlow ? 0.3 : 0.7) ? -1 : 1;
      x[2 * i] = side + (isFlow ? 0.6 : 0.5) * random.nextGaussian();
      x[2 * i + 1] =
          isFlow ? 1.2 * random.nextGaussian() : x[2 * i] / 2 + 0.7 * random.nextGaussian();
      u[i] = -Math.log(p(x[2 * i], x[2 * i + 1])) + 3; // any constant: weights are normalised
      logQ[i] = Math.log(q(x[2 * i], x[2 * i + 1]));
    }
    return ArraySamples.of(count, 2, Map.of("x", x, "u", u, "log_q", logQ));
  }

  private static ExperimentModel experiment() {
    return Texts.check(
            """
            system flat = analytic { dim = 2, energy = sum(s[i]^2 / 2 for i in 0..1) }
            observable across = x[0]
            observable up = x[1]
            loss l2 on model = variance(log_w)
            metric right = probability(across > 0, reweighted = true)
            metric highest = max(up)
            schedule train {
              phase one {
                minimize = l2, steps = 1 steps, batch = 2 samples, optimizer = adam { lr = 1e-3 }
              }
            }
            experiment e {
              system = flat, architecture = normal(2) >> reverse(), schedule = train
              metrics = [right]
              figures = [
                free_energy(across, up, bins = 12), free_energy(across, bins = 24),
                estimates([right, highest])
              ]
            }
            """)
        .suite()
        .orElseThrow()
        .sweeps()
        .get(0)
        .arms()
        .get(0)
        .experiment();
  }

  @BeforeAll
  static void count() {
    SplittableRandom random = new SplittableRandom(3);
    SampleSet flow = samples(FLOW, true, random);
    SampleSet data = samples(DATA, false, random);
    var figures = new Marginals(experiment().figures(), flow, Optional.of(data)).all();
    surface = figures.get(0);
    profile = figures.get(1);
    table = figures.get(2);
  }

  /** ∫ f over a cell, or over all of the plane where it is not small. */
  private static double integral(
      DoubleBinaryOperator f, double x0, double x1, double y0, double y1, int fine) {
    double sum = 0;
    for (int i = 0; i < fine; i++) {
      for (int j = 0; j < fine; j++) {
        double x = x0 + (i + 0.5) / fine * (x1 - x0);
        double y = y0 + (j + 0.5) / fine * (y1 - y0);
        sum += f.applyAsDouble(x, y);
      }
    }
    return sum * (x1 - x0) * (y1 - y0) / ((double) fine * fine);
  }

  private static double ofCell(DoubleBinaryOperator f, int cell) {
    Figure.Axis x = surface.axes().get(0);
    Figure.Axis y = surface.axes().get(1);
    int column = cell / y.bins();
    int row = cell % y.bins();
    double left = x.low() + column * x.width();
    double low = y.low() + row * y.width();
    return integral(f, left, left + x.width(), low, low + y.width(), FINE);
  }

  private static Figure.Series series(Figure figure, String name) {
    return figure.series().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** The largest deviation from the quadrature in its standard errors. */
  private static double worst(String name) {
    double second = integral((x, y) -> p(x, y) * p(x, y) / q(x, y), -5, 5, -6, 6, 600);
    double worst = 0;
    for (int cell = 0; cell < 144; cell++) {
      double share = ofCell(MarginalsTest::p, cell);
      if (share * DATA < 20) {
        continue; // too few for a normal law
      }
      double variance = share * (1 - share) / (name.equals("reference") ? DATA : FLOW);
      if (name.equals("reweighted")) {
        double inside = ofCell((x, y) -> p(x, y) * p(x, y) / q(x, y), cell);
        variance = (inside * (1 - 2 * share) + share * share * second) / FLOW;
      }
      double found = series(surface, name).shares().get(cell);
      worst = Math.max(worst, Math.abs(found - share) / Math.sqrt(variance));
    }
    return worst;
  }

  /** 5 standard errors in each of some 60 cells. */
  @Test
  void theReweightedSurfaceIsTheTargetsAndTheGeneratedIsNot() {
    assertTrue(worst("reweighted") < 5, () -> "reweighted " + worst("reweighted"));
    assertTrue(worst("reference") < 5, () -> "reference " + worst("reference"));
    assertTrue(worst("generated") > 50, () -> "generated " + worst("generated"));
  }

  @Test
  void sharesSumToOneWithWhatIsOutside() {
    for (Figure figure : new Figure[] {surface, profile}) {
      for (Figure.Series one : figure.series()) {
        double inside = one.shares().stream().mapToDouble(Double::doubleValue).sum();
        double outside =
            one.facts().stream()
                .filter(fact -> fact.name().endsWith("the axis"))
                .mapToDouble(Figure.Fact::value)
                .sum();
        assertEquals(1, inside + outside, 1e-5, one.name());
      }
    }
    Figure.Series wide = series(surface, "generated");
    double inside = wide.shares().stream().mapToDouble(Double::doubleValue).sum();
    assertTrue(inside < 1 - 1e-4, "the flow is wider than the reference's axes: " + inside);
  }

  @Test
  void aProfileIsASurfaceSummedUpAndSaysItsErrors() {
    Figure.Series surfaceOf = series(surface, "reference");
    Figure.Series profileOf = series(profile, "reference");
    for (int i = 0; i < 12; i++) {
      double column = 0;
      for (int j = 0; j < 12; j++) {
        column += surfaceOf.shares().get(12 * i + j);
      }
      double pair = profileOf.shares().get(2 * i) + profileOf.shares().get(2 * i + 1);
      assertEquals(pair, column, 2e-3, "what is above or below the surface");
    }
    int most = 0;
    for (int bin = 0; bin < 24; bin++) {
      most = profileOf.shares().get(bin) > profileOf.shares().get(most) ? bin : most;
    }
    double share = profileOf.shares().get(most);
    double error = Math.sqrt(share * (1 - share) / DATA);
    // 32 blocks know an error to 13 %
    assertEquals(1, profileOf.errors().get(most) / error, 5 * 0.13);
    assertEquals(24, profileOf.errors().size());
    assertEquals(0, surfaceOf.errors().size());
  }

  @Test
  void aTableHasTheMetricsWithTheirErrorsIfThereAreAny() {
    Figure.Fact right = table.facts().get(0);
    double exact = integral((x, y) -> x > 0 ? p(x, y) : 0, -5, 5, -6, 6, 600);
    assertTrue(right.error() > 0 && right.error() < 0.02, right.toString());
    assertEquals(exact, right.value(), 5 * right.error());
    assertTrue(Double.isNaN(table.facts().get(1).error()), "the greatest has none");
  }
}
