package org.flowexp.check;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.ParameterType;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Interpreter;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;

/**
 * {@code sum(… for i in a..b)} over whole numbers and {@code integral(… for t in a..b)} over reals.
 */
final class Comprehensions {
  private static final double RELATIVE = 1e-12;
  private static final double ABSOLUTE = 1e-14;
  private static final int MOST_EVALUATIONS = 2_000_000;
  private static final double MOST_STEPS = 2e8;
  private static final long LONGEST = 1_000_000;

  private final Elaboration elaboration;
  private final Scope scope;
  private final Coercion coercion;

  Comprehensions(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
    this.coercion = new Coercion(elaboration);
  }

  Value call(String function, Argument argument, Expression.Call node) {
    if (!function.equals("sum") && !function.equals("integral")) {
      return elaboration.wrong(
          TypeErrors.mismatch(
              "`for`",
              "`sum` or `integral` around it",
              "`" + function + "`",
              node.target().span()));
    }
    if (node.arguments().size() != 1) {
      return elaboration.wrong(
          TypeErrors.argumentCount(
              function, "one formula with `for`", node.arguments().size(), node.span()));
    }
    Argument.Comprehension over = argument.comprehension().orElseThrow();
    Value range = elaboration.evaluate(over.range(), scope);
    Optional<Interval> ends =
        coercion
            .coerce(
                range,
                new ParameterType.Between(Dimension.NONE, ".."),
                over.variable().text(),
                over.range().span())
            .map(Interval.class::cast);
    if (ends.isEmpty()) {
      return Value.Poison.POISON;
    }
    if (SampleVariables.names().contains(over.variable().text())) {
      return elaboration.wrong(
          NameErrors.hidesVariable(over.variable().text(), over.variable().span()));
    }
    return function.equals("sum")
        ? sum(argument, over, range, ends.get())
        : integral(argument, over, ends.get(), node);
  }

  private Value sum(Argument argument, Argument.Comprehension over, Value range, Interval ends) {
    for (double end : new double[] {ends.from(), ends.to()}) {
      if (end != Math.rint(end)) {
        return elaboration.wrong(
            ValueErrors.notWhole(over.variable().text(), Coercion.shown(end), over.range().span()));
      }
    }
    if (ends.to() - ends.from() > LONGEST) {
      return elaboration.wrong(
          ValueErrors.outOfRange(
              over.variable().text(),
              "at most " + LONGEST + " values",
              Coercion.shown(ends.to() - ends.from()),
              over.range().span()));
    }
    Formula.RunningIndex index = new Formula.RunningIndex(over.variable().text());
    Scope inside =
        scope.with(index.name(), new Value.Numeric(index)).with(Calls.rangeOf(index.name()), range);
    Value body = elaboration.evaluate(argument.value(), inside);
    if (body instanceof Value.Poison) {
      return body;
    }
    if (!(body instanceof Value.Numeric number)
        || number.formula().type().isTruth()
        || number.formula().type().extent() == Extent.VECTOR) {
      return elaboration.wrong(
          TypeErrors.mismatch("`sum`", "numbers to add", body.phrase(), argument.value().span()));
    }
    Formula sum =
        new Formula.SumOver(index, (long) ends.from(), (long) ends.to(), number.formula());
    return elaboration.budget().holds(sum, argument.span())
        ? new Value.Numeric(sum)
        : Value.Poison.POISON;
  }

  private Value integral(
      Argument argument, Argument.Comprehension over, Interval ends, Expression.Call node) {
    String name = over.variable().text();
    Formula variable =
        new Formula.Variable(name, FormulaType.number(Extent.SCALAR, Dimension.NONE));
    Value body =
        elaboration.evaluate(argument.value(), scope.with(name, new Value.Numeric(variable)));
    if (body instanceof Value.Poison) {
      return body;
    }
    if (!(body instanceof Value.Numeric number)
        || number.formula().type().isTruth()
        || number.formula().type().extent() != Extent.SCALAR) {
      return elaboration.wrong(
          TypeErrors.mismatch(
              "`integral`",
              "a number that depends on " + name + " alone",
              body.phrase(),
              argument.value().span()));
    }
    Optional<String> outer = otherVariable(number.formula(), name);
    if (outer.isPresent()) {
      return elaboration.wrong(ValueErrors.nestedIntegral(outer.get(), node.span()));
    }
    try {
      double value =
          new GaussLegendre(RELATIVE, ABSOLUTE)
              .integrate(
                  (int)
                      Math.min(
                          MOST_EVALUATIONS,
                          Math.max(
                              GaussLegendre.POINTS,
                              MOST_STEPS / elaboration.budget().steps(number.formula()))),
                  t -> finite(Interpreter.scalar(number.formula(), Map.of(name, t)), name, t),
                  ends.from(),
                  ends.to());
      return Double.isFinite(value)
          ? new Value.Numeric(new Formula.Number(value, number.formula().type().dimension()))
          : elaboration.wrong(ValueErrors.integral("it is " + value, node.span()));
    } catch (NotFinite infinite) {
      return elaboration.wrong(ValueErrors.integral(infinite.getMessage(), node.span()));
    } catch (MathIllegalStateException | IllegalArgumentException e) {
      return elaboration.wrong(
          ValueErrors.integral("the quadrature does not converge", node.span()));
    }
  }

  /** What an integral around this one runs over. */
  private static Optional<String> otherVariable(Formula formula, String own) {
    return formula instanceof Formula.Variable variable && !variable.name().equals(own)
        ? Optional.of(variable.name())
        : Formulas.parts(formula).stream()
            .flatMap(part -> otherVariable(part, own).stream())
            .findFirst();
  }

  /** One such value and no number of further points gives a finite sum. */
  private static double finite(double value, String name, double t) {
    if (!Double.isFinite(value)) {
      throw new NotFinite(
          String.format(Locale.ROOT, "its integrand is %s at %s = %.3g", value, name, t));
    }
    return value;
  }

  private static final class NotFinite extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotFinite(String message) {
      super(message);
    }
  }
}
