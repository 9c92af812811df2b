package org.flowexp.model;

import java.util.List;
import java.util.Optional;
import org.flowexp.expression.Formula;

/** What is counted for a figure. */
public sealed interface FigureModel {

  /** For people; no part of the canonical form. */
  String title();

  /**
   * The distribution of one or two observables.
   *
   * @param isFreeEnergy whether −kT ln p is drawn; else the density
   * @param axes one or two
   * @param points for each place at which it is observed, a formula for each axis; the counts of
   *     all places are pooled
   * @param mark a value on the first axis: the share of the samples below it is stated
   */
  record Distribution(
      String title,
      boolean isFreeEnergy,
      List<Axis> axes,
      List<List<Formula>> points,
      Optional<Double> mark)
      implements FigureModel {
    public Distribution {
      axes = List.copyOf(axes);
      points = points.stream().map(List::copyOf).toList();
    }
  }

  /** Metrics with their standard errors. */
  record Estimates(String title, List<Estimate> rows) implements FigureModel {
    public Estimates {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A metric with its standard error.
   *
   * @param error empty for what hangs on single samples
   */
  record Estimate(MetricModel metric, Optional<Formula> error) {}

  /**
   * Equal bins of an observable.
   *
   * @param unit as it is written; empty for a plain number
   * @param size of the unit in internal units
   * @param isPeriodic whether values are angles, of which only the direction counts
   * @param range ends in internal units; without it the samples decide
   */
  record Axis(
      String name, String unit, double size, boolean isPeriodic, int bins, Optional<Range> range) {}

  /** From one number to another. */
  record Range(double from, double to) {}
}
