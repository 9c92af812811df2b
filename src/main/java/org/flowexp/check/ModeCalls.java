package org.flowexp.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.catalog.ParameterType;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.ModeMeasure;
import org.flowexp.model.DataKeys;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;

/**
 * {@code total_variation(mode, weight)} and its like, and {@code inversion_error()}: functions for
 * metrics alone. A mode is whatever number an observable gives it; its weight is another
 * observable, or comes from the shares of data by {@code on = data}.
 */
final class ModeCalls {
  private static final ParameterType SHARE = new ParameterType.Real(Dimension.NONE, 0, 1, true);
  private static final Formula INVERSION =
      new Formula.Variable("inversion_error", FormulaType.number(Extent.BATCH, Dimension.NONE));

  private final Elaboration elaboration;
  private final Scope scope;

  ModeCalls(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
  }

  Value modes(ModeMeasure measure, Expression.Call node) {
    Set<String> known = measure == ModeMeasure.MODES_FOUND ? Set.of("above", "on") : Set.of("on");
    Map<String, Argument> named = new HashMap<>();
    List<Argument> positional = new ArrayList<>();
    if (!sorted(measure.word(), node, known, named, positional)) {
      return Value.Poison.POISON;
    }
    boolean onData = named.containsKey("on");
    if (positional.size() != (onData ? 1 : 2)) {
      return elaboration.wrong(
          TypeErrors.argumentCount(
              measure.word(),
              onData
                  ? "the mode, as data give the weights"
                  : "the mode and its weight, or the mode and `on = data`",
              positional.size(),
              node.span()));
    }
    Optional<Formula> label = label(measure, positional.get(0));
    Optional<Double> above =
        named.containsKey("above") ? share(named.get("above")) : Optional.of(0.0);
    if (label.isEmpty() || above.isEmpty()) {
      return Value.Poison.POISON;
    }
    Optional<Formula> reference =
        onData
            ? new SampleCalls(elaboration, scope)
                .data(named.get("on"))
                .map(data -> new Formula.On(DataKeys.keyOf(data.source()), label.get()))
            : perSample(measure, positional.get(1)).filter(f -> isNumber(measure, f, positional));
    return reference
        .<Value>map(r -> new Value.Numeric(new Formula.Modes(measure, above.get(), label.get(), r)))
        .orElse(Value.Poison.POISON);
  }

  /** max |G(G⁻¹(x)) − x| over the flow's samples, or over those of {@code on}. */
  Value inversionError(String name, Expression.Call node) {
    Map<String, Argument> named = new HashMap<>();
    List<Argument> positional = new ArrayList<>();
    if (!sorted(name, node, Set.of("on"), named, positional)) {
      return Value.Poison.POISON;
    }
    if (!positional.isEmpty()) {
      return elaboration.wrong(
          TypeErrors.argumentCount(
              name, "nothing but `on = data`", positional.size(), positional.get(0).span()));
    }
    Formula most =
        new Formula.Reduce(
            org.flowexp.expression.Reduction.MOST, INVERSION, Optional.empty(), Dimension.NONE);
    return new SampleCalls(elaboration, scope).on(named, most);
  }

  private boolean sorted(
      String name,
      Expression.Call node,
      Set<String> known,
      Map<String, Argument> named,
      List<Argument> positional) {
    if (scope.site() != Scope.Site.METRIC) {
      elaboration.diagnostics().add(TypeErrors.onlyInMetrics(name, node.target().span()));
      return false;
    }
    for (Argument argument : node.arguments()) {
      if (argument.name().isEmpty()) {
        positional.add(argument);
      } else if (known.contains(argument.name().get().text())) {
        named.put(argument.name().get().text(), argument);
      } else {
        elaboration
            .diagnostics()
            .add(
                TypeErrors.unknownArgument(
                    name, argument.name().get().text(), argument.name().get().span(), known));
        return false;
      }
    }
    return true;
  }

  private Optional<Formula> label(ModeMeasure measure, Argument argument) {
    return perSample(measure, argument)
        .map(f -> f.type().isTruth() ? Calls.indicator(f) : f)
        .filter(f -> isPlain(measure, f, argument));
  }

  private Optional<Formula> perSample(ModeMeasure measure, Argument argument) {
    Value value = elaboration.evaluate(argument.value(), scope);
    if (value instanceof Value.Numeric number && number.formula().type().extent() == Extent.BATCH) {
      return Optional.of(number.formula());
    }
    if (value instanceof Value.Numeric) {
      elaboration
          .diagnostics()
          .add(TypeErrors.needsPerSample("`" + measure.word() + "`", argument.span()));
    } else if (!(value instanceof Value.Poison)) {
      elaboration
          .diagnostics()
          .add(
              TypeErrors.mismatch(
                  "`" + measure.word() + "`",
                  "a number for each sample",
                  value.phrase(),
                  argument.span()));
    }
    return Optional.empty();
  }

  private boolean isNumber(ModeMeasure measure, Formula weight, List<Argument> positional) {
    if (weight.type().isTruth()) {
      elaboration
          .diagnostics()
          .add(TypeErrors.truthWhereNumber(measure.word(), positional.get(1).span()));
      return false;
    }
    return isPlain(measure, weight, positional.get(1));
  }

  private boolean isPlain(ModeMeasure measure, Formula formula, Argument argument) {
    if (formula.type().dimension().isNone()) {
      return true;
    }
    elaboration
        .diagnostics()
        .add(
            TypeErrors.needsPlainNumber(
                measure.word(), formula.type().dimension(), argument.span()));
    return false;
  }

  private Optional<Double> share(Argument argument) {
    return new Coercion(elaboration)
        .coerce(
            elaboration.evaluate(argument.value(), scope), SHARE, "above", argument.value().span())
        .map(Double.class::cast);
  }
}
