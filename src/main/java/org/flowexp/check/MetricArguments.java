package org.flowexp.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Expression;

/** The arguments of a function for metrics alone. */
record MetricArguments(Map<String, Argument> named, List<Argument> positional) {

  /** Empty, and said why, if the call is not in a metric or has a name that is not known. */
  static Optional<MetricArguments> of(
      Elaboration elaboration, Scope scope, String name, Expression.Call node, Set<String> known) {
    if (scope.site() != Scope.Site.METRIC) {
      elaboration.diagnostics().add(TypeErrors.onlyInMetrics(name, node.target().span()));
      return Optional.empty();
    }
    Map<String, Argument> named = new HashMap<>();
    List<Argument> positional = new ArrayList<>();
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
        return Optional.empty();
      }
    }
    return Optional.of(new MetricArguments(named, positional));
  }

  /** The value of an argument if it is one value per sample; else it is said what it is. */
  static Optional<Formula> perSample(
      Elaboration elaboration, Scope scope, String function, Argument argument) {
    Value value = elaboration.evaluate(argument.value(), scope);
    if (value instanceof Value.Numeric number && number.formula().type().extent() == Extent.BATCH) {
      return Optional.of(number.formula());
    }
    if (value instanceof Value.Numeric) {
      elaboration
          .diagnostics()
          .add(TypeErrors.needsPerSample("`" + function + "`", argument.span()));
    } else if (!(value instanceof Value.Poison)) {
      elaboration
          .diagnostics()
          .add(
              TypeErrors.mismatch(
                  "`" + function + "`",
                  "a number for each sample",
                  value.phrase(),
                  argument.span()));
    }
    return Optional.empty();
  }
}
