package org.flowexp.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flowexp.run.Figure;
import org.flowexp.run.RunRecord;
import org.flowexp.statistics.Moments;
import org.flowexp.statistics.Spread;

/**
 * The figures of an arm: of its one run, or the mean over its seeds.
 *
 * @param seeds how many runs have figures
 * @param drawn how many of them each figure shows: those whose axes are the first's
 */
record ArmFigures(int seeds, List<Integer> drawn, List<Figure> figures) {
  private static final double LEAST = 1e-5;

  ArmFigures {
    drawn = List.copyOf(drawn);
    figures = List.copyOf(figures);
  }

  static ArmFigures of(Arm arm) {
    List<List<Figure>> runs =
        arm.runs().stream().map(RunRecord::figures).filter(f -> !f.isEmpty()).toList();
    List<Integer> drawn = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; !runs.isEmpty() && i < runs.get(0).size(); i++) {
      int number = i;
      Figure first = runs.get(0).get(i);
      List<Figure> alike =
          runs.stream()
              .filter(run -> run.size() > number)
              .map(run -> run.get(number))
              .filter(f -> f.title().equals(first.title()) && f.axes().equals(first.axes()))
              .toList();
      drawn.add(alike.size());
      figures.add(alike.size() == 1 ? first : mean(alike));
    }
    return new ArmFigures(runs.size(), drawn, figures);
  }

  private static Figure mean(List<Figure> runs) {
    Figure first = runs.get(0);
    List<Figure.Series> series = new ArrayList<>();
    for (Figure.Series one : first.series()) {
      List<Figure.Series> same =
          runs.stream()
              .flatMap(run -> run.series().stream())
              .filter(s -> s.name().equals(one.name()))
              .toList();
      int cells = one.shares().size();
      List<Double> shares = new ArrayList<>();
      List<Double> errors = new ArrayList<>();
      for (int cell = 0; cell < cells; cell++) {
        int at = cell;
        double[] values = same.stream().mapToDouble(s -> s.shares().get(at)).toArray();
        shares.add(Moments.mean(values));
        errors.add(spread(values, one.errors().isEmpty() ? 0 : one.errors().get(at)));
      }
      series.add(
          new Figure.Series(
              one.name(),
              shares,
              one.errors().isEmpty() ? List.of() : errors,
              facts(same.stream().map(Figure.Series::facts).toList())));
    }
    return new Figure(
        first.quantity(),
        first.title(),
        first.axes(),
        first.thermalEnergy(),
        first.energyUnit(),
        series,
        facts(runs.stream().map(Figure::facts).toList()));
  }

  /** The mean of each fact over the runs that have it, with their spread. */
  private static List<Figure.Fact> facts(List<List<Figure.Fact>> runs) {
    Map<String, List<Figure.Fact>> byName = new LinkedHashMap<>();
    runs.forEach(
        facts ->
            facts.forEach(f -> byName.computeIfAbsent(f.name(), name -> new ArrayList<>()).add(f)));
    return byName.values().stream()
        .map(
            same -> {
              double[] values = same.stream().mapToDouble(Figure.Fact::value).toArray();
              return new Figure.Fact(
                  same.get(0).name(), Moments.mean(values), spread(values, same.get(0).error()));
            })
        .toList();
  }

  /** The standard deviation over the seeds; of one its own error; none if all are the same. */
  private static double spread(double[] values, double own) {
    boolean same = IntStream.range(1, values.length).allMatch(i -> values[i] == values[0]);
    return same ? own : Moments.standardDeviation(values);
  }

  /** Under each figure: how many samples, and what the axes do not show. */
  static String words(Figure.Series series) {
    return series.name()
        + ": "
        + series.facts().stream()
            .filter(fact -> !fact.name().endsWith("the axis") || fact.value() >= LEAST)
            .map(ArmFigures::phrase)
            .collect(Collectors.joining(", "));
  }

  private static String phrase(Figure.Fact fact) {
    return switch (Objects.requireNonNull(fact.name())) {
      case "samples", "effective samples" ->
          String.format(java.util.Locale.ROOT, "%,.0f ", fact.value()) + fact.name();
      case "least" -> "least " + Frame.number(fact.value());
      default -> percent(fact) + " " + fact.name();
    };
  }

  private static String percent(Figure.Fact fact) {
    if (Math.max(Math.abs(fact.value()), Double.isNaN(fact.error()) ? 0 : fact.error()) < LEAST) {
      return fact.value() == 0 ? "0 %" : "< 0.001 %";
    }
    return new Spread(100 * fact.value(), 100 * fact.error()).text() + " %";
  }
}
