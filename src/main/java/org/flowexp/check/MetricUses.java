package org.flowexp.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.model.SweepModel;
import org.flowexp.model.VerdictModel;
import org.flowexp.source.Span;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;

/** The metrics that a verdict asks about: each a variable with one value per seed. */
final class MetricUses {
  private final Elaboration elaboration;
  private final List<SweepModel.Axis> axes;
  private final List<SweepModel.Axis> full;
  private final Map<String, Dimension> metrics;
  private final List<VerdictModel.MetricUse> uses = new ArrayList<>();

  /**
   * @param axes without the seeds, as this profile has them
   * @param full the same axes as the sweep itself has them: an arm that only the profile left out
   *     is no mistake
   * @param metrics dimensions by name
   */
  MetricUses(
      Elaboration elaboration,
      List<SweepModel.Axis> axes,
      List<SweepModel.Axis> full,
      Map<String, Dimension> metrics) {
    this.elaboration = elaboration;
    this.axes = List.copyOf(axes);
    this.full = List.copyOf(full);
    this.metrics = Map.copyOf(metrics);
  }

  List<VerdictModel.MetricUse> uses() {
    return List.copyOf(uses);
  }

  /** {@code metric}: of every arm. */
  Value everyArm(String metric) {
    return use(metric, metric, Optional.empty());
  }

  /** {@code metric[value, …]}: of the arm with this value on each axis but the seeds. */
  Value arm(String metric, Expression.Index node) {
    List<Expression> indices = node.indices();
    if (indices.size() != axes.size()) {
      Span span = indices.get(0).span().to(indices.get(indices.size() - 1).span());
      return elaboration.wrong(
          ValueErrors.armValues(
              axes.size(),
              indices.size(),
              axes.stream().map(SweepModel.Axis::param).toList(),
              span));
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < indices.size(); i++) {
      String value = AxisValues.text(indices.get(i));
      List<String> known = new ArrayList<>(axes.get(i).values());
      full.get(i).values().stream().filter(v -> !known.contains(v)).forEach(known::add);
      if (!known.contains(value)) {
        return elaboration.wrong(
            ValueErrors.unknownArm(value, axes.get(i).param(), known, indices.get(i).span()));
      }
      values.add(value);
    }
    return use(metric + values, metric, Optional.of(List.copyOf(values)));
  }

  private Value use(String variable, String metric, Optional<List<String>> arm) {
    VerdictModel.MetricUse use = new VerdictModel.MetricUse(variable, metric, arm);
    if (!uses.contains(use)) {
      uses.add(use);
    }
    return new Value.Numeric(
        new Formula.Variable(variable, FormulaType.number(Extent.BATCH, metrics.get(metric))));
  }
}
