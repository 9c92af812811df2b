package org.flowexp.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Definition;
import org.flowexp.catalog.Interval;
import org.flowexp.catalog.ParameterType;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Measure;
import org.flowexp.expression.ModeMeasure;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Reduction;
import org.flowexp.source.Span;
import org.flowexp.syntax.Argument;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;

/**
 * {@code f(…)}: functions of the language and of the file, words of the vocabulary, methods of
 * data.
 */
final class Calls {
  private final Elaboration elaboration;
  private final Scope scope;
  private final Coercion coercion;

  Calls(Elaboration elaboration, Scope scope) {
    this.elaboration = elaboration;
    this.scope = scope;
    this.coercion = new Coercion(elaboration);
  }

  /** Under this name the range of a running index is kept in the scope; it cannot be written. */
  static String rangeOf(String index) {
    return "range of " + index;
  }

  Value call(Expression.Call node) {
    if (node.target() instanceof Expression.Member member) {
      Value receiver = elaboration.evaluate(member.target(), scope);
      if (receiver instanceof Value.Poison) {
        new DataCalls(elaboration, scope).name(member);
        return receiver;
      }
      if (receiver instanceof Value.Molecule molecule && member.name().text().equals("atoms")) {
        return new MoleculeCalls(elaboration, scope).atoms(molecule, node);
      }
      if (receiver instanceof Value.Data || receiver instanceof Value.Part) {
        return new DataCalls(elaboration, scope).call(receiver, member, node);
      }
      return apply(new Members(elaboration).value(receiver, member), node);
    }
    return apply(elaboration.evaluate(node.target(), scope), node);
  }

  private Value apply(Value target, Expression.Call node) {
    if (target instanceof Value.Poison) {
      return target;
    }
    if (target instanceof Value.Word word && word.definition().form() == Definition.Form.FUNCTION) {
      return new PartCheck(elaboration, scope).call(word.definition(), node);
    }
    if (target instanceof Value.Function function) {
      return positional(function.name(), function.formals().size(), node)
          .map(
              a ->
                  elaboration.inCall(
                      function.declaration(),
                      node.span(),
                      () -> elaboration.call(function, a, scope.site())))
          .orElse(Value.Poison.POISON);
    }
    if (target instanceof Value.LossFunction loss) {
      return loss(loss, node);
    }
    if (target instanceof Value.Builtin builtin) {
      return builtin(builtin.name(), node);
    }
    return elaboration.wrong(TypeErrors.notCallable(target.phrase(), node.target().span()));
  }

  private Value loss(Value.LossFunction loss, Expression.Call node) {
    Optional<List<Value>> arguments =
        positional(loss.declaration().name().text(), loss.declaration().formals().size(), node);
    if (arguments.isEmpty()) {
      return Value.Poison.POISON;
    }
    Scope inside = loss.scope();
    for (int i = 0; i < arguments.get().size(); i++) {
      inside = inside.with(loss.declaration().formals().get(i).text(), arguments.get().get(i));
    }
    Scope body = inside;
    Value value =
        elaboration.inCall(
            loss.declaration(),
            node.span(),
            () -> new Declarations(elaboration, body.file()).loss(loss.declaration(), body));
    return value instanceof Value.Loss named
        ? new Value.Loss(node.span().text(), named.terms())
        : value;
  }

  /** Values of exactly so many arguments without names. */
  private Optional<List<Value>> positional(String function, int count, Expression.Call node) {
    List<Value> values = new ArrayList<>();
    for (Argument argument : node.arguments()) {
      if (argument.name().isPresent()) {
        elaboration
            .diagnostics()
            .add(
                TypeErrors.unknownArgument(
                    function,
                    argument.name().get().text(),
                    argument.name().get().span(),
                    Set.of()));
        return Optional.empty();
      }
      values.add(elaboration.evaluate(argument.value(), scope));
    }
    if (values.size() != count) {
      elaboration
          .diagnostics()
          .add(
              TypeErrors.argumentCount(
                  function,
                  count + (count == 1 ? " argument" : " arguments"),
                  values.size(),
                  node.span()));
      return Optional.empty();
    }
    return values.stream().anyMatch(Value.Poison.class::isInstance)
        ? Optional.empty()
        : Optional.of(values);
  }

  private Value builtin(String name, Expression.Call node) {
    Optional<Argument> comprehension =
        node.arguments().stream().filter(a -> a.comprehension().isPresent()).findFirst();
    if (comprehension.isPresent()) {
      return new Comprehensions(elaboration, scope).call(name, comprehension.get(), node);
    }
    Optional<Operation> elementwise = Builtins.elementwise(name);
    if (elementwise.isPresent()) {
      return positional(name, 1, node)
          .filter(v -> advised(elementwise.get(), v.get(0), node.span()))
          .map(
              v ->
                  new Arithmetic(elaboration).elementwise(elementwise.get(), name, placed(v, node)))
          .orElse(Value.Poison.POISON);
    }
    if ((name.equals("min") || name.equals("max")) && node.arguments().size() == 2) {
      Operation operation = name.equals("min") ? Operation.MIN : Operation.MAX;
      return positional(name, 2, node)
          .map(v -> new Arithmetic(elaboration).elementwise(operation, name, placed(v, node)))
          .orElse(Value.Poison.POISON);
    }
    Optional<ModeMeasure> modes = Builtins.modes(name);
    if (modes.isPresent()) {
      return new ModeCalls(elaboration, scope).modes(modes.get(), node);
    }
    if (EstimatorCalls.names().contains(name)) {
      return new EstimatorCalls(elaboration, scope).call(name, node);
    }
    Optional<Measure> measure = Measure.of(name);
    if (measure.isPresent()) {
      return new MoleculeCalls(elaboration, scope).measure(measure.get(), node);
    }
    return switch (name) {
      case "topology" -> new MoleculeCalls(elaboration, scope).topology(node);
      case "forcefield" -> new MoleculeCalls(elaboration, scope).forceField(node);
      case "load" -> new LoadCalls(elaboration, scope).call(node);
      case "inversion_error" -> new ModeCalls(elaboration, scope).inversionError(name, node);
      case "every" -> every(node);
      case "coordinates" -> coordinates(node);
      case "run" -> run(node);
      case "integral" ->
          elaboration.wrong(
              TypeErrors.argumentCount(
                  name, "`formula for t in a..b`", node.arguments().size(), node.span()));
      default -> new SampleCalls(elaboration, scope).call(name, node);
    };
  }

  /** Says where a ratio is made of log densities; always true. */
  private boolean advised(Operation operation, Value operand, Span span) {
    if (operation == Operation.EXP
        && operand instanceof Value.Numeric number
        && LogDensities.areAdded(number.formula())
        && scope.file().isNewlyUnknown("ratio at " + span.place())) {
      elaboration.diagnostics().add(Advice.ratio(span));
    }
    return true;
  }

  private static List<Value.Placed> placed(List<Value> values, Expression.Call node) {
    List<Value.Placed> placed = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      placed.add(new Value.Placed(values.get(i), node.arguments().get(i).span()));
    }
    return placed;
  }

  private Value every(Expression.Call node) {
    Optional<List<Value>> values = positional("every", 1, node);
    if (values.isEmpty()) {
      return Value.Poison.POISON;
    }
    return coercion
        .coerce(
            values.get().get(0),
            new ParameterType.Whole(Dimension.NONE, 1, Integer.MAX_VALUE),
            "every",
            node.arguments().get(0).span())
        .<Value>map(
            stride -> new Value.Mask(new CoordinateMask.Every(((Long) stride).intValue(), 0)))
        .orElse(Value.Poison.POISON);
  }

  private Value run(Expression.Call node) {
    return positional("run", 1, node)
        .flatMap(
            values ->
                coercion.coerce(
                    values.get(0), new ParameterType.Text(), "run", node.arguments().get(0).span()))
        .<Value>map(reference -> new Value.Initial((String) reference, true))
        .orElse(Value.Poison.POISON);
  }

  private Value coordinates(Expression.Call node) {
    Optional<List<Value>> values = positional("coordinates", 1, node);
    if (values.isEmpty()) {
      return Value.Poison.POISON;
    }
    Span span = node.arguments().get(0).span();
    return coercion
        .coerce(
            values.get().get(0),
            new ParameterType.Between(Dimension.NONE, ".."),
            "coordinates",
            span)
        .map(Interval.class::cast)
        .<Value>map(
            ends -> new Value.Mask(new CoordinateMask.Between((int) ends.from(), (int) ends.to())))
        .orElse(Value.Poison.POISON);
  }

  /** A reduction's formula; checks that it is over samples. */
  static Formula reduce(Reduction reduction, Formula body, Optional<Formula> where) {
    Dimension dimension =
        reduction == Reduction.VARIANCE
            ? body.type().dimension().times(body.type().dimension())
            : body.type().dimension();
    return new Formula.Reduce(reduction, body, where, dimension);
  }

  static boolean isPerSample(Formula formula) {
    return formula.type().extent() == Extent.BATCH;
  }

  /** 1 where the condition holds, else 0. */
  static Formula indicator(Formula condition) {
    return new Formula.Apply(
        Operation.SELECT,
        List.of(
            condition,
            new Formula.Number(1, Dimension.NONE),
            new Formula.Number(0, Dimension.NONE)),
        FormulaType.number(condition.type().extent(), Dimension.NONE));
  }
}
