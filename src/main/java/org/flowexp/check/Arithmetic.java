package org.flowexp.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.flowexp.catalog.Category;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Part;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Operation;
import org.flowexp.molecule.AtomSet;
import org.flowexp.source.Span;
import org.flowexp.syntax.BinaryOperator;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.UnaryOperator;
import org.flowexp.units.Dimension;

/** What the operators do to values: numbers, losses, masks, flows. */
final class Arithmetic {
  private static final int MOST_LAYERS = 10_000;

  private final Elaboration elaboration;

  Arithmetic(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  Value unary(Expression.Unary node, Value operand) {
    Span span = node.operand().span();
    if (operand instanceof Value.Poison) {
      return operand;
    }
    if (node.operator() == UnaryOperator.NOT && operand instanceof Value.Mask mask) {
      return new Value.Mask(new CoordinateMask.Not(mask.mask()));
    }
    if (node.operator() == UnaryOperator.NOT && operand instanceof Value.Atoms atoms) {
      return new Value.Atoms(atoms.set().complement());
    }
    if (node.operator() == UnaryOperator.NEGATE && operand instanceof Value.Loss loss) {
      return scaled(loss, -1);
    }
    if (!(operand instanceof Value.Numeric number)) {
      return elaboration.wrong(
          TypeErrors.mismatch(
              "`" + node.operator().symbol() + "`",
              "a number, a condition or a mask",
              operand.phrase(),
              span));
    }
    return elementwise(
        node.operator() == UnaryOperator.NOT ? Operation.NOT : Operation.NEGATE,
        node.operator().symbol(),
        List.of(new Value.Placed(number, span)));
  }

  Value binary(Expression.Binary node, Value left, Value right) {
    Value.Placed a = new Value.Placed(left, node.left().span());
    Value.Placed b = new Value.Placed(right, node.right().span());
    if (node.operator() == BinaryOperator.PIPE) {
      return pipe(a, b);
    }
    if (left instanceof Value.Numeric && right instanceof Value.Numeric) {
      return elementwise(operation(node.operator()), node.operator().symbol(), List.of(a, b));
    }
    Optional<Value> special = special(node.operator(), a, b);
    return special.orElseGet(
        () ->
            elaboration.wrong(
                TypeErrors.operator(
                    node.operator().symbol(), left.phrase(), right.phrase(), node.span())));
  }

  private Optional<Value> special(BinaryOperator operator, Value.Placed a, Value.Placed b) {
    if (a.value() instanceof Value.Mask left && b.value() instanceof Value.Mask right) {
      return switch (operator) {
        case AND -> Optional.of(new Value.Mask(new CoordinateMask.And(left.mask(), right.mask())));
        case OR -> Optional.of(new Value.Mask(new CoordinateMask.Or(left.mask(), right.mask())));
        default -> Optional.empty();
      };
    }
    if (a.value() instanceof Value.Atoms left && b.value() instanceof Value.Atoms right) {
      return atoms(operator, left.set(), right.set(), b.span());
    }
    if (a.value() instanceof Value.Text left && b.value() instanceof Value.Text right) {
      boolean same = left.text().equals(right.text());
      return switch (operator) {
        case EQUAL -> Optional.of(new Value.Numeric(new Formula.Truth(same)));
        case NOT_EQUAL -> Optional.of(new Value.Numeric(new Formula.Truth(!same)));
        default -> Optional.empty();
      };
    }
    if (a.value() instanceof Value.Loss left && b.value() instanceof Value.Loss right) {
      return switch (operator) {
        case PLUS -> Optional.of(joined(left, right));
        case MINUS -> Optional.of(joined(left, scaled(right, -1)));
        default -> Optional.empty();
      };
    }
    if (operator == BinaryOperator.TIMES) {
      if (b.value() instanceof Value.Loss loss) {
        return weighted(a, loss);
      }
      if (a.value() instanceof Value.Loss loss) {
        return weighted(b, loss);
      }
      if (b.value() instanceof Value.Flow || isLayer(b.value())) {
        return Optional.of(repeated(a, b));
      }
    }
    if (operator == BinaryOperator.DIVIDE && a.value() instanceof Value.Loss loss) {
      return new Coercion(elaboration)
          .number(b.value(), Dimension.NONE, "/", b.span())
          .map(v -> (Value) scaled(loss, 1 / v))
          .or(() -> Optional.of(Value.Poison.POISON));
    }
    return Optional.empty();
  }

  private Optional<Value> atoms(BinaryOperator operator, AtomSet left, AtomSet right, Span span) {
    if (operator != BinaryOperator.AND && operator != BinaryOperator.OR) {
      return Optional.empty();
    }
    if (!left.topology().equals(right.topology())) {
      return Optional.of(
          elaboration.wrong(
              MoleculeErrors.otherMolecule(
                  "the mask",
                  "`" + right.topology().name() + "`",
                  "`" + left.topology().name() + "`",
                  span)));
    }
    return Optional.of(
        new Value.Atoms(operator == BinaryOperator.AND ? left.and(right) : left.or(right)));
  }

  private Optional<Value> weighted(Value.Placed weight, Value.Loss loss) {
    if (weight.value() instanceof Value.Part part
        && part.part().definition().category() == Category.RAMP) {
      if (loss.terms().stream()
          .allMatch(
              t -> t.weight().equals(Ramps.constant(1)) || t.weight().name().equals("constant"))) {
        return Optional.of(
            new Value.Loss(
                loss.name(),
                loss.terms().stream()
                    .map(
                        t ->
                            new Value.Term(
                                t.name(),
                                Ramps.scaled(part.part(), constantOf(t.weight())),
                                t.source(),
                                t.formula(),
                                t.declared()))
                    .toList()));
      }
      return Optional.empty();
    }
    return new Coercion(elaboration)
        .number(weight.value(), Dimension.NONE, "the weight of a loss", weight.span())
        .map(v -> (Value) scaled(loss, v))
        .or(() -> Optional.of(Value.Poison.POISON));
  }

  private static double constantOf(Part ramp) {
    return (Double) ramp.arguments().values().values().iterator().next();
  }

  private static Value.Loss scaled(Value.Loss loss, double factor) {
    return new Value.Loss(
        loss.name(),
        loss.terms().stream()
            .map(
                t ->
                    new Value.Term(
                        t.name(),
                        Ramps.scaled(t.weight(), factor),
                        t.source(),
                        t.formula(),
                        t.declared()))
            .toList());
  }

  private static Value.Loss joined(Value.Loss left, Value.Loss right) {
    List<Value.Term> terms = new ArrayList<>(left.terms());
    terms.addAll(right.terms());
    return new Value.Loss(left.name() + " + " + right.name(), terms);
  }

  static boolean isLayer(Value value) {
    return value instanceof Value.Part part
        && part.part().definition().category() == Category.LAYER;
  }

  private Value repeated(Value.Placed times, Value.Placed flow) {
    Optional<Object> count =
        new Coercion(elaboration)
            .coerce(
                times.value(),
                new org.flowexp.catalog.ParameterType.Whole(Dimension.NONE, 1, MOST_LAYERS),
                "the number of repeats",
                times.span());
    Optional<Value.Flow> layers = flow(flow, true);
    if (count.isEmpty() || layers.isEmpty()) {
      return Value.Poison.POISON;
    }
    if ((Long) count.get() * layers.get().layers().size() > MOST_LAYERS) {
      return elaboration.wrong(
          ValueErrors.outOfRange(
              "the number of layers",
              "at most " + MOST_LAYERS,
              count.get() + " × " + layers.get().layers().size(),
              times.span()));
    }
    List<Value.Layer> all = new ArrayList<>();
    Collections.nCopies(((Long) count.get()).intValue(), layers.get().layers())
        .forEach(all::addAll);
    return new Value.Flow(Optional.empty(), all);
  }

  private Value pipe(Value.Placed a, Value.Placed b) {
    Optional<Value.Flow> left = flow(a, false);
    Optional<Value.Flow> right = flow(b, true);
    if (left.isEmpty() || right.isEmpty()) {
      return Value.Poison.POISON;
    }
    List<Value.Layer> layers = new ArrayList<>(left.get().layers());
    layers.addAll(right.get().layers());
    return new Value.Flow(left.get().base(), layers);
  }

  private static Value.Layer layer(Value.Placed placed) {
    return new Value.Layer(((Value.Part) placed.value()).part(), placed.span());
  }

  /** A base or a layer by itself is a flow of one part. */
  Optional<Value.Flow> flow(Value.Placed placed, boolean inside) {
    Value value = placed.value();
    if (value instanceof Value.Poison) {
      return Optional.empty();
    }
    if (isLayer(value)) {
      return Optional.of(new Value.Flow(Optional.empty(), List.of(layer(placed))));
    }
    boolean base =
        value instanceof Value.Part part && part.part().definition().category() == Category.BASE;
    if (base || (value instanceof Value.Flow f && f.base().isPresent())) {
      if (inside) {
        elaboration.diagnostics().add(CompositionErrors.baseInside(placed.span()));
        return Optional.empty();
      }
      return Optional.of(
          base ? new Value.Flow(Optional.of(layer(placed)), List.of()) : (Value.Flow) value);
    }
    if (value instanceof Value.Flow flow) {
      return Optional.of(flow);
    }
    elaboration
        .diagnostics()
        .add(
            TypeErrors.mismatch("`>>`", "a base density or layers", value.phrase(), placed.span()));
    return Optional.empty();
  }

  Value select(
      Expression.Conditional node,
      Value.Numeric test,
      Value.Numeric then,
      Value.Numeric otherwise) {
    FormulaType a = then.formula().type();
    FormulaType b = otherwise.formula().type();
    if (a.kind() != b.kind()) {
      return elaboration.wrong(
          TypeErrors.operator("if", then.phrase(), otherwise.phrase(), node.span()));
    }
    if (!a.dimension().equals(b.dimension())) {
      return elaboration.wrong(
          TypeErrors.dimensions(
              "if", a.dimension(), node.then().span(), b.dimension(), node.otherwise().span()));
    }
    List<Formula> operands = List.of(test.formula(), then.formula(), otherwise.formula());
    Formula choice =
        new Formula.Apply(
            Operation.SELECT, operands, new FormulaType(a.kind(), extent(operands), a.dimension()));
    return elaboration.budget().holds(choice, node.span())
        ? new Value.Numeric(choice)
        : Value.Poison.POISON;
  }

  /** An elementwise operation on numbers; operands that are no numbers are mistakes here. */
  Value elementwise(Operation operation, String symbol, List<Value.Placed> operands) {
    List<Formula> formulas = new ArrayList<>();
    boolean truth =
        operation == Operation.AND || operation == Operation.OR || operation == Operation.NOT;
    for (Value.Placed operand : operands) {
      if (operand.value() instanceof Value.Poison) {
        return operand.value();
      }
      if (!(operand.value() instanceof Value.Numeric number)) {
        return elaboration.wrong(
            TypeErrors.mismatch(
                "`" + symbol + "`", "a number", operand.value().phrase(), operand.span()));
      }
      FormulaType type = number.formula().type();
      if (type.isTruth() != truth) {
        return elaboration.wrong(
            truth
                ? TypeErrors.numberWhereTruth(symbol, operand.span())
                : TypeErrors.truthWhereNumber(symbol, operand.span()));
      }
      if (type.extent() == Extent.VECTOR) {
        return elaboration.wrong(TypeErrors.vectorInArithmetic(symbol, operand.span()));
      }
      formulas.add(number.formula());
    }
    Optional<Dimension> dimension =
        new Dimensions(elaboration)
            .of(operation, symbol, formulas, operands.stream().map(Value.Placed::span).toList());
    if (dimension.isEmpty()) {
      return Value.Poison.POISON;
    }
    Extent extent = extent(formulas);
    FormulaType type =
        operation.isPredicate()
            ? FormulaType.truth(extent)
            : FormulaType.number(extent, dimension.get());
    Formula applied = new Formula.Apply(operation, formulas, type);
    Span span = operands.get(0).span().to(operands.get(operands.size() - 1).span());
    if (!elaboration.budget().holds(applied, span)) {
      return Value.Poison.POISON;
    }
    // The operands are folded already; to walk through them again would take quadratic time.
    boolean known =
        formulas.stream().allMatch(f -> f instanceof Formula.Number || f instanceof Formula.Truth);
    return new Value.Numeric(known ? Formulas.fold(applied) : applied);
  }

  private static Extent extent(List<Formula> operands) {
    return operands.stream().anyMatch(f -> f.type().extent() == Extent.BATCH)
        ? Extent.BATCH
        : Extent.SCALAR;
  }

  private static Operation operation(BinaryOperator operator) {
    return switch (operator) {
      case POWER -> Operation.POWER;
      case TIMES -> Operation.MULTIPLY;
      case DIVIDE -> Operation.DIVIDE;
      case PLUS -> Operation.ADD;
      case MINUS -> Operation.SUBTRACT;
      case LESS -> Operation.LESS;
      case LESS_OR_EQUAL -> Operation.LESS_OR_EQUAL;
      case GREATER -> Operation.GREATER;
      case GREATER_OR_EQUAL -> Operation.GREATER_OR_EQUAL;
      case EQUAL -> Operation.EQUAL;
      case NOT_EQUAL -> Operation.NOT_EQUAL;
      case AND -> Operation.AND;
      case OR -> Operation.OR;
      case PIPE -> throw new IllegalArgumentException("a pipe is no arithmetic");
    };
  }
}
