package org.flowexp.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.expression.Estimator;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Reduction;
import org.flowexp.model.DataKeys;
import org.flowexp.model.SystemModel;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;

/**
 * Functions over samples: reductions, {@code stop}, {@code softmax}, and the estimators of metrics.
 */
final class SampleCalls {
  private static final Map<String, Set<String>> NAMED =
      Map.of("probability", Set.of("on", "reweighted"), "forward_kl", Set.of("on", "clip"));
  private static final Formula LOG_W = SampleVariables.find("log_w").orElseThrow();

  private final Elaboration elaboration;
  private final Scope scope;

  SampleCalls(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
  }

  Value call(String name, Expression.Call node) {
    if (scope.site() != Scope.Site.METRIC && name.equals("forward_kl")) {
      return elaboration.wrong(TypeErrors.onlyInMetrics(name, node.target().span()));
    }
    Map<String, Argument> named = new HashMap<>();
    Set<String> known =
        NAMED.getOrDefault(
            name,
            scope.site() == Scope.Site.METRIC && Builtins.reduction(name).isPresent()
                ? Set.of("on")
                : Set.of());
    Optional<Argument> body = Optional.empty();
    for (Argument argument : node.arguments()) {
      if (argument.name().isPresent()) {
        String word = argument.name().get().text();
        if (!known.contains(word)) {
          return elaboration.wrong(
              TypeErrors.unknownArgument(name, word, argument.name().get().span(), known));
        }
        if (word.equals("on") && scope.site() != Scope.Site.METRIC) {
          return elaboration.wrong(TypeErrors.onlyInMetrics(name + "(…, on = …)", argument.span()));
        }
        named.put(word, argument);
      } else if (body.isPresent()) {
        return elaboration.wrong(
            TypeErrors.argumentCount(
                name,
                "one argument",
                (int) node.arguments().stream().filter(a -> a.name().isEmpty()).count(),
                argument.span()));
      } else {
        body = Optional.of(argument);
      }
    }
    if (name.equals("forward_kl")) {
      return forwardKl(named, node);
    }
    if (body.isEmpty()) {
      return elaboration.wrong(TypeErrors.argumentCount(name, "one argument", 0, node.span()));
    }
    Value value = elaboration.evaluate(body.get().value(), scope);
    if (value instanceof Value.Poison) {
      return value;
    }
    if (!(value instanceof Value.Numeric number)) {
      return elaboration.wrong(
          TypeErrors.mismatch("`" + name + "`", "a number", value.phrase(), body.get().span()));
    }
    return onSamples(name, number.formula(), body.get(), named);
  }

  private Value onSamples(
      String name, Formula formula, Argument body, Map<String, Argument> named) {
    if (name.equals("stop")) {
      return new Value.Numeric(new Formula.Stop(formula));
    }
    if (formula.type().extent() != Extent.BATCH) {
      return elaboration.wrong(
          formula.type().extent() == Extent.VECTOR
              ? TypeErrors.vectorInArithmetic(name, body.value().span())
              : TypeErrors.needsPerSample("`" + name + "`", body.value().span()));
    }
    if (name.equals("probability")) {
      return probability(formula, body, named);
    }
    if (formula.type().isTruth()) {
      return elaboration.wrong(TypeErrors.truthWhereNumber(name, body.value().span()));
    }
    if (name.equals("softmax") || isExponential(name)) {
      if (!formula.type().dimension().isNone()) {
        return elaboration.wrong(
            TypeErrors.needsPlainNumber(name, formula.type().dimension(), body.value().span()));
      }
    }
    if (name.equals("softmax")) {
      return new Value.Numeric(new Formula.Softmax(formula));
    }
    Optional<Formula> where = Optional.empty();
    if (body.condition().isPresent()) {
      Value condition = elaboration.evaluate(body.condition().get(), scope);
      if (condition instanceof Value.Poison) {
        return condition;
      }
      if (!(condition instanceof Value.Numeric test)
          || !test.formula().type().isTruth()
          || test.formula().type().extent() != Extent.BATCH) {
        return elaboration.wrong(
            TypeErrors.mismatch(
                "`where`",
                "a condition on samples",
                condition.phrase(),
                body.condition().get().span()));
      }
      where = Optional.of(test.formula());
    }
    return on(named, Calls.reduce(Builtins.reduction(name).orElseThrow(), formula, where));
  }

  private static boolean isExponential(String name) {
    return name.equals("log_sum_exp")
        || name.equals("log_mean_exp")
        || name.equals("effective_sample_size");
  }

  /** In the samples of `on`, if it is given. */
  Value on(Map<String, Argument> named, Formula formula) {
    Argument on = named.get("on");
    if (on == null) {
      return new Value.Numeric(formula);
    }
    Optional<Value.Data> data = data(on);
    return data.<Value>map(
            d -> new Value.Numeric(new Formula.On(DataKeys.keyOf(d.source()), formula)))
        .orElse(Value.Poison.POISON);
  }

  Optional<Value.Data> data(Argument on) {
    Value value = elaboration.evaluate(on.value(), scope.at(Scope.Site.PLAIN));
    if (value instanceof Value.Data data) {
      elaboration.metricData(DataKeys.keyOf(data.source()), data);
      return Optional.of(data);
    }
    if (!(value instanceof Value.Poison)) {
      elaboration
          .diagnostics()
          .add(TypeErrors.mismatch("`on`", "data", value.phrase(), on.value().span()));
    }
    return Optional.empty();
  }

  /**
   * The share of samples where the condition holds; with {@code reweighted = true} weighted by
   * e^log_w.
   */
  private Value probability(Formula condition, Argument body, Map<String, Argument> named) {
    if (!condition.type().isTruth()) {
      return elaboration.wrong(TypeErrors.numberWhereTruth("probability", body.value().span()));
    }
    Formula share = Calls.indicator(condition);
    Argument reweighted = named.get("reweighted");
    if (reweighted != null) {
      Optional<Object> wanted =
          new Coercion(elaboration)
              .coerce(
                  elaboration.evaluate(reweighted.value(), scope),
                  new org.flowexp.catalog.ParameterType.Truth(),
                  "reweighted",
                  reweighted.value().span());
      if (wanted.isEmpty()) {
        return Value.Poison.POISON;
      }
      if (wanted.get().equals(true)) {
        Formula weighted =
            new Formula.Apply(
                Operation.MULTIPLY,
                List.of(new Formula.Softmax(LOG_W), share),
                FormulaType.number(Extent.BATCH, Dimension.NONE));
        return on(named, Calls.reduce(Reduction.SUM, weighted, Optional.empty()));
      }
    }
    return on(named, Calls.reduce(Reduction.MEAN, share, Optional.empty()));
  }

  /**
   * KL(target‖flow) = mean over data of log_w − log Z (PHYSICS §6), each point cut off at `clip`.
   */
  private Value forwardKl(Map<String, Argument> named, Expression.Call node) {
    Argument on = named.get("on");
    if (on == null) {
      return elaboration.wrong(
          TypeErrors.argumentCount(
                  "forward_kl", "`on = data`", node.arguments().size(), node.span())
              .help("write `forward_kl(on = …)`, with data that the flow has not seen"));
    }
    Optional<Value.Data> data = data(on);
    if (data.isEmpty()) {
      return Value.Poison.POISON;
    }
    if (data.get().system().isEmpty()) {
      return elaboration.wrong(CompositionErrors.needsSystem("forward_kl", node.span()));
    }
    Optional<Formula> clip = Optional.empty();
    if (named.containsKey("clip")) {
      Expression written = named.get("clip").value();
      clip =
          new Coercion(elaboration)
              .number(elaboration.evaluate(written, scope), Dimension.NONE, "clip", written.span())
              .map(most -> new Formula.Number(most, Dimension.NONE));
      if (clip.isEmpty()) {
        return Value.Poison.POISON;
      }
    }
    Optional<Double> logZ = data.get().system().flatMap(SystemModel::logZ);
    if (logZ.isPresent()) {
      return on(named, Calls.reduce(Reduction.MEAN, clipped(logZ.get(), clip), Optional.empty()));
    }
    return data.get().source().isSelected()
        ? elaboration.wrong(CompositionErrors.cannotBridge("forward_kl", on.value().span()))
        : new Value.Numeric(bridged(data.get(), clip));
  }

  private static Formula clipped(double logZ, Optional<Formula> clip) {
    FormulaType perSample = FormulaType.number(Extent.BATCH, Dimension.NONE);
    Formula deviation =
        new Formula.Apply(
            Operation.SUBTRACT,
            List.of(LOG_W, new Formula.Number(logZ, Dimension.NONE)),
            perSample);
    return clip.<Formula>map(
            most -> new Formula.Apply(Operation.MIN, List.of(deviation, most), perSample))
        .orElse(deviation);
  }

  private static Formula bridged(Value.Data data, Optional<Formula> clip) {
    Formula there = new Formula.On(DataKeys.keyOf(data.source()), LOG_W);
    Formula most = clip.orElse(new Formula.Number(Double.MAX_VALUE, Dimension.NONE));
    return new Formula.Estimate(Estimator.BRIDGED_FORWARD_KL, List.of(LOG_W, there, most));
  }
}
