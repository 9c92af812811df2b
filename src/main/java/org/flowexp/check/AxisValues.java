package org.flowexp.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.source.Span;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.UnitSyntax;
import org.flowexp.units.Dimension;

/** The values of an axis: a list, or a range of whole numbers. */
final class AxisValues {
  private static final long MOST = 100_000;

  private final Elaboration elaboration;

  AxisValues(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** Values by their text, in the order written. */
  Map<String, Expression> of(Expression values) {
    Map<String, Expression> all = new LinkedHashMap<>();
    for (Expression value : elements(values)) {
      if (all.putIfAbsent(text(value), value) != null) {
        elaboration.diagnostics().add(CompositionErrors.duplicateArm(text(value), value.span()));
      }
    }
    return all;
  }

  private List<Expression> elements(Expression values) {
    if (values instanceof Expression.ListOf list) {
      return list.elements();
    }
    if (values instanceof Expression.Range range) {
      return numbers(range);
    }
    if (values instanceof Expression.Group group) {
      return elements(group.inner());
    }
    elaboration
        .diagnostics()
        .add(
            TypeErrors.mismatch(
                "an axis",
                "a list such as `[a, b]`, or a range such as `0..4`",
                "neither",
                values.span()));
    return List.of();
  }

  private List<Expression> numbers(Expression.Range range) {
    Scope scope = Scope.of(elaboration.main(), Scope.Site.PLAIN);
    Coercion coercion = new Coercion(elaboration);
    Value first = elaboration.evaluate(range.from(), scope);
    Dimension dimension =
        first instanceof Value.Numeric number
            ? number.formula().type().dimension()
            : Dimension.NONE;
    boolean counts = dimension.equals(Dimension.STEPS) || dimension.equals(Dimension.SAMPLES);
    Dimension wanted = counts ? dimension : Dimension.NONE;
    Optional<Double> from =
        coercion.number(first, wanted, "a range of an axis", range.from().span());
    Optional<Double> to =
        coercion.number(
            elaboration.evaluate(range.to(), scope),
            wanted,
            "a range of an axis",
            range.to().span());
    if (from.isEmpty() || to.isEmpty()) {
      return List.of();
    }
    Optional<UnitSyntax> unit =
        counts && range.from() instanceof Expression.Quantity quantity
            ? quantity.unit()
            : Optional.empty();
    Span span = range.span();
    if (from.get() != Math.rint(from.get()) || to.get() != Math.rint(to.get())) {
      elaboration
          .diagnostics()
          .add(
              ValueErrors.notWhole(
                  "an end of a range",
                  Coercion.shown(from.get() != Math.rint(from.get()) ? from.get() : to.get()),
                  span));
      return List.of();
    }
    if (from.get() > to.get()) {
      elaboration
          .diagnostics()
          .add(ValueErrors.emptyRange(range.from().span().text(), range.to().span().text(), span));
      return List.of();
    }
    if (to.get() - from.get() >= MOST) {
      elaboration
          .diagnostics()
          .add(
              ValueErrors.outOfRange(
                  "the axis",
                  "at most " + MOST + " values",
                  Coercion.shown(to.get() - from.get() + 1),
                  span));
      return List.of();
    }
    List<Expression> numbers = new ArrayList<>();
    for (double value = from.get(); value <= to.get(); value++) {
      numbers.add(new Expression.Quantity(Coercion.shown(value), value, unit, span));
    }
    return numbers;
  }

  /** Names among the values of a list. */
  static List<String> references(Expression values) {
    return values instanceof Expression.ListOf list
        ? list.elements().stream()
            .filter(Expression.Reference.class::isInstance)
            .map(e -> ((Expression.Reference) e).name().text())
            .toList()
        : List.of();
  }

  /** A value as it names its arm: a number in its shortest form, anything else as written. */
  static String text(Expression value) {
    if (value instanceof Expression.Quantity quantity) {
      return quantity.unit().isEmpty()
          ? Coercion.shown(quantity.value())
          : Coercion.shown(quantity.value()) + " " + quantity.unit().get().span().text();
    }
    return value.span().text();
  }
}
