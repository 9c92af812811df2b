package org.flowexp.evaluate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Interpreter;
import org.flowexp.expression.SampleSet;
import org.flowexp.model.FigureModel;
import org.flowexp.model.FiguresModel;
import org.flowexp.run.Figure;
import org.flowexp.statistics.BlockedShares;
import org.flowexp.statistics.LogWeights;

/**
 * What figures show of samples of a flow and of a reference: shares of bins, each sample of the
 * flow counting once (generated) or e^{log_w} (reweighted; self-normalised, PHYSICS §6), and each
 * of the reference once.
 */
public final class Marginals {
  private static final MathContext KEPT = new MathContext(6);

  private final FiguresModel model;
  private final SampleSet flow;
  private final Optional<SampleSet> reference;

  /**
   * Of these samples.
   *
   * @param flow has {@code log_w}
   */
  public Marginals(FiguresModel model, SampleSet flow, Optional<SampleSet> reference) {
    this.model = model;
    this.flow = flow;
    this.reference = reference;
  }

  /** Each figure, in order. */
  public List<Figure> all() {
    return model.figures().stream().map(this::figure).toList();
  }

  private Figure figure(FigureModel figure) {
    return figure instanceof FigureModel.Estimates table
        ? table(table)
        : figure((FigureModel.Distribution) figure);
  }

  private Figure table(FigureModel.Estimates table) {
    Interpreter interpreter = new Interpreter(flow);
    List<Figure.Fact> rows =
        table.rows().stream()
            .map(
                row ->
                    new Figure.Fact(
                        row.metric().name(),
                        interpreter.value(row.metric().formula()),
                        row.error().map(interpreter::value).orElse(Double.NaN)))
            .toList();
    return new Figure(
        Figure.Quantity.TABLE,
        table.title(),
        List.of(),
        model.thermalEnergy(),
        model.energyUnit(),
        List.of(),
        rows);
  }

  private Figure figure(FigureModel.Distribution distribution) {
    List<List<double[]>> here = values(distribution, flow);
    Optional<List<List<double[]>>> there = reference.map(set -> values(distribution, set));
    List<Bins> bins = new ArrayList<>();
    for (int axis = 0; axis < distribution.axes().size(); axis++) {
      int number = axis;
      List<double[]> alongAxis =
          there.orElse(here).stream().map(point -> point.get(number)).toList();
      bins.add(Bins.of(distribution.axes().get(axis), alongAxis));
    }
    Counting counting = new Counting(distribution, bins);
    List<Figure.Series> series = new ArrayList<>();
    series.add(counting.series("generated", here, equal(flow.count()), List.of()));
    double[] logWeights = finite(flow.column("log_w"));
    double effective = LogWeights.effectiveSampleSize(logWeights);
    if (effective > 0) {
      series.add(
          counting.series(
              "reweighted",
              here,
              LogWeights.softmax(logWeights),
              List.of(new Figure.Fact("effective samples", rounded(effective), Double.NaN))));
    }
    there.ifPresent(
        values ->
            series.add(
                counting.series(
                    "reference", values, equal(reference.orElseThrow().count()), List.of())));
    return new Figure(
        distribution.isFreeEnergy() ? Figure.Quantity.FREE_ENERGY : Figure.Quantity.DENSITY,
        distribution.title(),
        bins.stream().map(Bins::axis).toList(),
        model.thermalEnergy(),
        model.energyUnit(),
        series,
        distribution.mark().map(mark -> new Figure.Fact("mark", mark, Double.NaN)).stream()
            .toList());
  }

  /** Of each place, of each axis, one value per sample. */
  private static List<List<double[]>> values(FigureModel.Distribution figure, SampleSet set) {
    Interpreter interpreter = new Interpreter(set);
    List<List<double[]>> values = new ArrayList<>();
    for (List<Formula> point : figure.points()) {
      values.add(point.stream().map(interpreter::values).toList());
    }
    return values;
  }

  private static double[] equal(int count) {
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    return weights;
  }

  /** A row whose weight is no number has none (PHYSICS §1). */
  private static double[] finite(double[] logWeights) {
    return Arrays.stream(logWeights)
        .map(r -> Double.isFinite(r) ? r : Double.NEGATIVE_INFINITY)
        .toArray();
  }

  private static double rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(KEPT).doubleValue() : value;
  }

  private static List<Double> rounded(double[] values) {
    return Arrays.stream(values).map(v -> rounded(v)).boxed().toList();
  }

  /** One figure's bins. */
  private record Counting(FigureModel.Distribution figure, List<Bins> bins) {

    Figure.Series series(
        String name, List<List<double[]>> values, double[] weights, List<Figure.Fact> more) {
      int cells = bins.stream().mapToInt(axis -> axis.axis().bins()).reduce(1, (a, b) -> a * b);
      int sides = Bins.Side.values().length;
      BlockedShares shares = new BlockedShares(weights.length, cells);
      BlockedShares outside = new BlockedShares(weights.length, sides);
      for (List<double[]> point : values) {
        for (int row = 0; row < weights.length; row++) {
          int cell = cell(point, row);
          shares.add(row, Math.max(cell, -1), weights[row]);
          outside.add(row, Math.max(-1 - cell, -1), weights[row]);
        }
      }
      List<Figure.Fact> facts = new ArrayList<>();
      facts.add(new Figure.Fact("samples", weights.length, Double.NaN));
      facts.addAll(more);
      facts.addAll(aside(outside.shares()));
      figure.mark().ifPresent(mark -> facts.addAll(below(mark, values.get(0).get(0), weights)));
      return new Figure.Series(
          name,
          rounded(shares.shares()),
          bins.size() == 1 ? rounded(shares.errors()) : List.of(),
          facts);
    }

    private int cell(List<double[]> point, int row) {
      int cell = 0;
      for (int axis = 0; axis < bins.size(); axis++) {
        int bin = bins.get(axis).of(point.get(axis)[row]);
        if (bin < 0) {
          return bin;
        }
        cell = cell * bins.get(axis).axis().bins() + bin;
      }
      return cell;
    }

    private static List<Figure.Fact> aside(double[] shares) {
      return IntStream.range(0, shares.length)
          .filter(side -> shares[side] > 0)
          .mapToObj(
              side ->
                  new Figure.Fact(
                      Bins.Side.of(-1 - side).orElseThrow().words(),
                      rounded(shares[side]),
                      Double.NaN))
          .toList();
    }

    /** The share below the mark, and the least value that has weight. */
    private static List<Figure.Fact> below(double mark, double[] values, double[] weights) {
      BlockedShares below = new BlockedShares(values.length, 1);
      double least = Double.POSITIVE_INFINITY;
      for (int row = 0; row < values.length; row++) {
        below.add(row, values[row] < mark ? 0 : -1, weights[row]);
        least = weights[row] > 0 ? Math.min(least, values[row]) : least;
      }
      return List.of(
          new Figure.Fact("below " + mark, rounded(below.shares()[0]), rounded(below.errors()[0])),
          new Figure.Fact("least", rounded(least), Double.NaN));
    }
  }
}
