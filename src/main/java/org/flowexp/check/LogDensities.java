package org.flowexp.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Operation;

/** Questions about log densities that a formula answers by its form alone. */
final class LogDensities {
  private static final Set<String> NAMES = Set.of("log_w", "log_p", "log_q");
  private static final Set<Operation> LINEAR =
      Set.of(Operation.ADD, Operation.SUBTRACT, Operation.NEGATE);

  private LogDensities() {}

  /**
   * A sum of log densities and numbers, one for each sample, whose exponential overflows; with a
   * bound or a maximum taken off it would not.
   */
  static boolean areAdded(Formula formula) {
    return formula.type().extent() == Extent.BATCH
        && !Formulas.contains(
            formula,
            part ->
                !(part instanceof Formula.Number
                    || (part instanceof Formula.Variable v && NAMES.contains(v.name()))
                    || (part instanceof Formula.Apply a && LINEAR.contains(a.operation()))));
  }

  /**
   * The sign with which a formula depends on log_q, and on the flow by nothing else: 1, 0 or -1;
   * empty if its form does not tell. x is taken as given, as it is on data.
   */
  static Optional<Integer> sign(Formula formula) {
    if (!Formulas.dependsOnFlow(formula, false)) {
      return Optional.of(0);
    }
    if (formula instanceof Formula.Variable variable) {
      return Optional.of(variable.name().equals("log_q") ? 1 : -1);
    }
    if (formula instanceof Formula.Reduce reduce) {
      return switch (reduce.reduction()) {
        case SUM, MEAN -> sign(reduce.body());
        case VARIANCE, MEDIAN, LEAST, MOST, LOG_SUM_EXP, LOG_MEAN_EXP, EFFECTIVE_SAMPLE_SIZE ->
            Optional.empty();
      };
    }
    return formula instanceof Formula.Apply apply ? applied(apply) : Optional.empty();
  }

  private static Optional<Integer> applied(Formula.Apply apply) {
    List<Formula> operands = apply.operands();
    Optional<Integer> first = sign(operands.get(0));
    if (apply.operation() == Operation.NEGATE) {
      return first.map(s -> -s);
    }
    if (operands.size() != 2 || first.isEmpty() || sign(operands.get(1)).isEmpty()) {
      return Optional.empty();
    }
    int left = first.get();
    int right = sign(operands.get(1)).get();
    if (apply.operation() == Operation.ADD || apply.operation() == Operation.SUBTRACT) {
      int second = apply.operation() == Operation.ADD ? right : -right;
      return left * second < 0 ? Optional.empty() : Optional.of(left != 0 ? left : second);
    }
    if (apply.operation() == Operation.MULTIPLY && operands.get(0) instanceof Formula.Number n) {
      return Optional.of((int) Math.signum(n.value()) * right);
    }
    return (apply.operation() == Operation.MULTIPLY || apply.operation() == Operation.DIVIDE)
            && operands.get(1) instanceof Formula.Number n
        ? Optional.of((int) Math.signum(n.value()) * left)
        : Optional.empty();
  }
}
