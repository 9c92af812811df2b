package org.flowexp.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.expression.Estimator;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.ModeMeasure;
import org.flowexp.expression.Reduction;
import org.flowexp.model.DataKeys;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;

/**
 * Estimates from weights, {@code pareto_k(log_w)}, {@code free_energy_difference(A, B)}, {@code
 * bridged_log_z(on = data)}, and {@code standard_error(metric)}.
 */
final class EstimatorCalls {
  static final String STANDARD_ERROR = "standard_error";
  static final Map<String, Estimator> ESTIMATORS =
      Map.of(
          Estimator.PARETO_K.word(), Estimator.PARETO_K,
          Estimator.FREE_ENERGY_DIFFERENCE.word(), Estimator.FREE_ENERGY_DIFFERENCE,
          Estimator.FREE_ENERGY_ERROR.word(), Estimator.FREE_ENERGY_ERROR,
          Estimator.BRIDGED_LOG_Z.word(), Estimator.BRIDGED_LOG_Z);

  private static final Formula LOG_W = SampleVariables.find("log_w").orElseThrow();
  private static final Formula EQUAL_WEIGHTS = new Formula.Number(0, Dimension.NONE);

  private final Elaboration elaboration;
  private final Scope scope;

  EstimatorCalls(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
  }

  static Set<String> names() {
    Set<String> names = new HashSet<>(ESTIMATORS.keySet());
    names.add(STANDARD_ERROR);
    return names;
  }

  Value call(String name, Expression.Call node) {
    Set<String> known =
        name.equals(STANDARD_ERROR) || name.equals(Estimator.PARETO_K.word())
            ? Set.of()
            : Set.of("on");
    return MetricArguments.of(elaboration, scope, name, node, known)
        .map(arguments -> call(name, arguments, node))
        .orElse(Value.Poison.POISON);
  }

  private Value call(String name, MetricArguments arguments, Expression.Call node) {
    if (name.equals(STANDARD_ERROR)) {
      return standardError(arguments, node);
    }
    Estimator estimator = ESTIMATORS.get(name);
    return switch (estimator) {
      case PARETO_K -> paretoK(arguments, node);
      case FREE_ENERGY_DIFFERENCE, FREE_ENERGY_ERROR -> freeEnergy(estimator, arguments, node);
      case BRIDGED_LOG_Z, BRIDGED_FORWARD_KL -> bridge(arguments, node);
    };
  }

  private Value paretoK(MetricArguments arguments, Expression.Call node) {
    String word = Estimator.PARETO_K.word();
    List<Argument> given = arguments.positional();
    if (given.size() != 1) {
      return elaboration.wrong(
          TypeErrors.argumentCount(word, "one argument", given.size(), node.span()));
    }
    Optional<Formula> weights = MetricArguments.perSample(elaboration, scope, word, given.get(0));
    if (weights.isEmpty()) {
      return Value.Poison.POISON;
    }
    if (weights.get().type().isTruth()) {
      return elaboration.wrong(TypeErrors.truthWhereNumber(word, given.get(0).span()));
    }
    Dimension dimension = weights.get().type().dimension();
    return dimension.isNone()
        ? new Value.Numeric(new Formula.Estimate(Estimator.PARETO_K, List.of(weights.get())))
        : elaboration.wrong(TypeErrors.needsPlainNumber(word, dimension, given.get(0).span()));
  }

  /** On data each sample weighs the same; sets of a molecule have a molar energy. */
  private Value freeEnergy(Estimator estimator, MetricArguments arguments, Expression.Call node) {
    List<Argument> given = arguments.positional();
    if (given.size() != 2) {
      return elaboration.wrong(
          TypeErrors.argumentCount(estimator.word(), "two conditions", given.size(), node.span()));
    }
    List<Formula> operands = new ArrayList<>();
    operands.add(arguments.named().containsKey("on") ? EQUAL_WEIGHTS : LOG_W);
    for (Argument argument : given) {
      Optional<Formula> set =
          MetricArguments.perSample(elaboration, scope, estimator.word(), argument);
      if (set.isEmpty()) {
        return Value.Poison.POISON;
      }
      if (!set.get().type().isTruth()) {
        return elaboration.wrong(TypeErrors.numberWhereTruth(estimator.word(), argument.span()));
      }
      operands.add(Calls.indicator(set.get()));
    }
    Value inThermalUnits =
        new SampleCalls(elaboration, scope)
            .on(arguments.named(), new Formula.Estimate(estimator, operands));
    return inThermalUnits instanceof Value.Numeric number
            && operands.stream().anyMatch(ThermalEnergy::isOfAtoms)
        ? new Value.Numeric(ThermalEnergy.times(number.formula()))
        : inThermalUnits;
  }

  private Value bridge(MetricArguments arguments, Expression.Call node) {
    String word = Estimator.BRIDGED_LOG_Z.word();
    Argument on = arguments.named().get("on");
    if (on == null || !arguments.positional().isEmpty()) {
      return elaboration.wrong(
          TypeErrors.argumentCount(
              word, "`on = data` alone", node.arguments().size(), node.span()));
    }
    Optional<Value.Data> data = new SampleCalls(elaboration, scope).data(on);
    if (data.isEmpty()) {
      return Value.Poison.POISON;
    }
    if (data.get().source().isSelected()) {
      return elaboration.wrong(CompositionErrors.cannotBridge(word, on.value().span()));
    }
    Formula there = new Formula.On(DataKeys.keyOf(data.get().source()), LOG_W);
    return new Value.Numeric(new Formula.Estimate(Estimator.BRIDGED_LOG_Z, List.of(LOG_W, there)));
  }

  private Value standardError(MetricArguments arguments, Expression.Call node) {
    List<Argument> given = arguments.positional();
    if (given.size() != 1) {
      return elaboration.wrong(
          TypeErrors.argumentCount(STANDARD_ERROR, "one argument", given.size(), node.span()));
    }
    Value value = elaboration.evaluate(given.get(0).value(), scope);
    if (value instanceof Value.Poison) {
      return value;
    }
    if (!(value instanceof Value.Numeric number)) {
      return elaboration.wrong(
          TypeErrors.mismatch(
              "`" + STANDARD_ERROR + "`", "a number", value.phrase(), given.get(0).span()));
    }
    Formula body = number.formula();
    if (body.type().isTruth()) {
      return elaboration.wrong(
          TypeErrors.truthWhereNumber(STANDARD_ERROR, given.get(0).value().span()));
    }
    if (body.type().extent() != Extent.SCALAR) {
      return elaboration.wrong(
          TypeErrors.oneValuePerSample("`" + STANDARD_ERROR + "`", given.get(0).value().span()));
    }
    return Formulas.contains(body, EstimatorCalls::hasNoError)
        ? elaboration.wrong(TypeErrors.hasNoError(given.get(0).value().span()))
        : new Value.Numeric(new Formula.StandardError(body));
  }

  /** What hangs on single samples does not move when most blocks are left out. */
  static boolean hasNoError(Formula part) {
    return part instanceof Formula.StandardError
        || (part instanceof Formula.Reduce r
            && (r.reduction() == Reduction.LEAST || r.reduction() == Reduction.MOST))
        || (part instanceof Formula.Modes m && m.measure() != ModeMeasure.TOTAL_VARIATION);
  }
}
