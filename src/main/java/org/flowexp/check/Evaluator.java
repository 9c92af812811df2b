package org.flowexp.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.flowexp.catalog.Definition;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Operation;
import org.flowexp.source.Span;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.UnitSyntax;
import org.flowexp.units.Dimension;
import org.flowexp.units.Unit;
import org.flowexp.units.Units;

/** Evaluates an expression in a scope. */
final class Evaluator implements Expression.Visitor<Value> {
  private final Elaboration elaboration;
  private final Scope scope;
  private final Arithmetic arithmetic;

  Evaluator(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
    this.arithmetic = new Arithmetic(elaboration);
  }

  Value evaluate(Expression expression) {
    Value value =
        elaboration.budget().enter(expression.span())
            ? expression.accept(this)
            : Value.Poison.POISON;
    elaboration.budget().leave();
    return value;
  }

  @Override
  public Value quantity(Expression.Quantity node) {
    double factor = 1;
    Dimension dimension = Dimension.NONE;
    for (UnitSyntax.Factor part : node.unit().map(UnitSyntax::factors).orElse(List.of())) {
      Optional<Unit> unit = Units.find(part.symbol().text());
      if (unit.isEmpty()) {
        return elaboration.wrong(
            NameErrors.unknownUnit(part.symbol().text(), part.symbol().span(), Units.symbols()));
      }
      factor *= Math.pow(unit.get().factor(), part.power());
      dimension = dimension.times(unit.get().dimension().power(part.power()).orElseThrow());
    }
    return new Value.Numeric(new Formula.Number(node.value() * factor, dimension));
  }

  @Override
  public Value text(Expression.Text node) {
    return new Value.Text(node.value());
  }

  @Override
  public Value truth(Expression.Truth node) {
    return new Value.Numeric(new Formula.Truth(node.value()));
  }

  @Override
  public Value list(Expression.ListOf node) {
    List<Value.Placed> elements = new ArrayList<>();
    for (Expression element : node.elements()) {
      elements.add(placed(element));
    }
    return new Value.ListOf(List.copyOf(elements));
  }

  private Value.Placed placed(Expression expression) {
    return new Value.Placed(evaluate(expression), expression.span());
  }

  @Override
  public Value reference(Expression.Reference node) {
    Value value = elaboration.lookUp(node.name(), scope);
    if (value instanceof Value.Metric metric) {
      elaboration.main().use(metric.name());
      return metric.uses().everyArm(metric.name());
    }
    return value instanceof Value.Unmeasured metric
        ? elaboration.wrong(
            NameErrors.notMeasured(
                metric.name(), metric.experiment(), node.span(), metric.measured()))
        : value;
  }

  @Override
  public Value construct(Expression.Construct node) {
    Optional<Definition<?>> definition =
        org.flowexp.vocabulary.Vocabulary.find(node.word().text())
            .filter(d -> d.form() == Definition.Form.BLOCK);
    if (definition.isEmpty()) {
      List<String> words =
          org.flowexp.vocabulary.Vocabulary.all().stream()
              .filter(d -> d.form() == Definition.Form.BLOCK)
              .<String>map(Definition::name)
              .toList();
      return elaboration.wrong(
          ValueErrors.unknownWord(
              node.word().text(), "a word of the vocabulary", node.word().span(), words));
    }
    return new PartCheck(elaboration, scope).construct(definition.get(), node);
  }

  @Override
  public Value group(Expression.Group node) {
    return evaluate(node.inner());
  }

  @Override
  public Value member(Expression.Member node) {
    return new Members(elaboration).value(evaluate(node.target()), node);
  }

  @Override
  public Value index(Expression.Index node) {
    if (node.target() instanceof Expression.Reference name
        && scope.arguments().get(name.name().text()) instanceof Value.Metric metric) {
      return metric.uses().arm(metric.name(), node);
    }
    Value target = evaluate(node.target());
    if (target instanceof Value.Poison) {
      return target;
    }
    if (!(target instanceof Value.Numeric number)
        || number.formula().type().extent() != Extent.VECTOR) {
      return elaboration.wrong(TypeErrors.notIndexable(target.phrase(), node.target().span()));
    }
    if (node.indices().size() != 1) {
      return elaboration.wrong(
          TypeErrors.argumentCount("[…]", "one index", node.indices().size(), node.span()));
    }
    Expression written = node.indices().get(0);
    Value index = evaluate(written);
    if (index instanceof Value.Poison) {
      return index;
    }
    if (!(index instanceof Value.Numeric at)
        || !Coercion.isKnown(at.formula())
        || at.formula().type().isTruth()) {
      return elaboration.wrong(
          TypeErrors.mismatch("an index", "a whole number", index.phrase(), written.span()));
    }
    if (!inside(at.formula(), number.size(), written.span())) {
      return Value.Poison.POISON;
    }
    return new Value.Numeric(
        new Formula.Element(number.formula(), at.formula(), number.formula().type().dimension()));
  }

  private boolean inside(Formula index, OptionalInt size, Span span) {
    for (double value : RunningRanges.ends(index, scope)) {
      if (value != Math.rint(value)) {
        elaboration
            .diagnostics()
            .add(ValueErrors.notWhole("the index", Coercion.shown(value), span));
        return false;
      }
      if (value < 0 || (size.isPresent() && value >= size.getAsInt())) {
        elaboration
            .diagnostics()
            .add(ValueErrors.indexOutOfRange((long) value, size.orElse(Integer.MAX_VALUE), span));
        return false;
      }
    }
    return true;
  }

  @Override
  public Value call(Expression.Call node) {
    return new Calls(elaboration, scope).call(node);
  }

  @Override
  public Value amend(Expression.Amend node) {
    Value target = evaluate(node.target());
    return target instanceof Value.Poison
        ? target
        : new PartCheck(elaboration, scope).amend(target, node);
  }

  @Override
  public Value unary(Expression.Unary node) {
    Value operand = evaluate(node.operand());
    return arithmetic.unary(node, operand);
  }

  @Override
  public Value binary(Expression.Binary node) {
    Value left = evaluate(node.left());
    Value right = evaluate(node.right());
    return left instanceof Value.Poison || right instanceof Value.Poison
        ? Value.Poison.POISON
        : arithmetic.binary(node, left, right);
  }

  @Override
  public Value conditional(Expression.Conditional node) {
    Value condition = evaluate(node.condition());
    Value then = evaluate(node.then());
    Value otherwise = evaluate(node.otherwise());
    if (condition instanceof Value.Poison
        || then instanceof Value.Poison
        || otherwise instanceof Value.Poison) {
      return Value.Poison.POISON;
    }
    if (!(condition instanceof Value.Numeric test) || !test.formula().type().isTruth()) {
      return elaboration.wrong(TypeErrors.numberWhereTruth("if", node.condition().span()));
    }
    Optional<Boolean> known =
        test.formula() instanceof Formula.Truth truth
            ? Optional.of(truth.value())
            : Optional.empty();
    if (then instanceof Value.Numeric a && otherwise instanceof Value.Numeric b) {
      Value selected = arithmetic.select(node, test, a, b);
      return known.isEmpty() || selected instanceof Value.Poison
          ? selected
          : known.get() ? then : otherwise;
    }
    if (known.isPresent()) {
      return known.get() ? then : otherwise;
    }
    return elaboration.wrong(
        TypeErrors.operator("if", then.phrase(), otherwise.phrase(), node.span()));
  }

  @Override
  public Value range(Expression.Range node) {
    return new Value.Pair(placed(node.from()), placed(node.to()), "..");
  }

  @Override
  public Value change(Expression.Change node) {
    return new Value.Pair(placed(node.from()), placed(node.to()), "->");
  }

  /** The values that an index takes at the ends of the running indices in it. */
  private static final class RunningRanges {
    private RunningRanges() {}

    static Set<Double> ends(Formula index, Scope scope) {
      Set<Double> ends = new HashSet<>();
      if (index instanceof Formula.RunningIndex running) {
        Value range = scope.arguments().get(Calls.rangeOf(running.name()));
        if (range instanceof Value.Pair pair
            && pair.from().value() instanceof Value.Numeric from
            && pair.to().value() instanceof Value.Numeric to) {
          ends.add(((Formula.Number) from.formula()).value());
          ends.add(((Formula.Number) to.formula()).value());
        }
      } else if (index instanceof Formula.Apply apply && apply.operands().size() == 2) {
        for (double a : ends(apply.operands().get(0), scope)) {
          for (double b : ends(apply.operands().get(1), scope)) {
            ends.add(combined(apply.operation(), a, b));
          }
        }
      } else if (index instanceof Formula.Number number) {
        ends.add(number.value());
      }
      return ends;
    }

    private static double combined(Operation operation, double a, double b) {
      if (operation == Operation.ADD) {
        return a + b;
      }
      if (operation == Operation.MULTIPLY) {
        return a * b;
      }
      return operation == Operation.SUBTRACT ? a - b : Double.NaN;
    }
  }
}
