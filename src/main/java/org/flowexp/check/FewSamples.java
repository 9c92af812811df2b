package org.flowexp.check;

import java.util.List;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Reduction;
import org.flowexp.model.ExperimentModel;
import org.flowexp.model.MetricModel;
import org.flowexp.model.VerdictModel;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;

/** Expectations of a share so small that not one sample in an evaluation may fall into it. */
final class FewSamples {
  private final ExperimentModel experiment;
  private final Diagnostics diagnostics;

  FewSamples(ExperimentModel experiment, Diagnostics diagnostics) {
    this.experiment = experiment;
    this.diagnostics = diagnostics;
  }

  void report(List<VerdictModel> verdicts, List<Declaration.Check> checks) {
    for (VerdictModel verdict : verdicts) {
      for (Declaration.Check check : checks) {
        if (check.title().equals(verdict.title())) {
          judge(verdict, check.condition().span());
        }
      }
    }
  }

  private void judge(VerdictModel verdict, Span span) {
    if (!(verdict.condition() instanceof Formula.Apply apply) || apply.operands().size() != 2) {
      return;
    }
    boolean less =
        apply.operation() == Operation.LESS || apply.operation() == Operation.LESS_OR_EQUAL;
    if (!less
        || !(apply.operands().get(0) instanceof Formula.Variable variable)
        || !(apply.operands().get(1) instanceof Formula.Number threshold)) {
      return;
    }
    boolean counted =
        verdict.uses().stream()
            .filter(use -> use.variable().equals(variable.name()))
            .flatMap(
                use -> experiment.metrics().stream().filter(m -> m.name().equals(use.metric())))
            .map(MetricModel::formula)
            .anyMatch(FewSamples::isShare);
    if (counted && threshold.value() > 0 && threshold.value() * experiment.evaluateOn() < 1) {
      diagnostics.add(
          Advice.fewSamples(variable.name(), threshold.value(), experiment.evaluateOn(), span));
    }
  }

  /** A mean of ones and zeros over the samples of the flow. */
  private static boolean isShare(Formula formula) {
    return formula instanceof Formula.Reduce reduce
        && reduce.reduction() == Reduction.MEAN
        && reduce.body() instanceof Formula.Apply apply
        && apply.operation() == Operation.SELECT;
  }
}
