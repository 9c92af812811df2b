package org.flowexp.check;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.model.SystemModel;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Expression;
import org.flowexp.units.Dimension;

/** {@code value.name}. */
final class Members {
  private static final List<String> OF_HALVES = List.of("first", "rest");
  private static final List<String> OF_SYSTEMS = List.of("dim", "log_z", "s");

  private final Elaboration elaboration;

  Members(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** What a system has. */
  static List<String> ofSystems() {
    return OF_SYSTEMS;
  }

  Value value(Value target, Expression.Member node) {
    String name = node.name().text();
    if (target instanceof Value.Poison) {
      return target;
    }
    if (target instanceof Value.Namespace space) {
      Optional<Declaration.Named> declaration = space.file().declaration(name);
      if (declaration.isEmpty() && space.file().isMissing(name)) {
        return Value.Poison.POISON;
      }
      return declaration.isPresent()
          ? elaboration.value(declaration.get(), space.file(), node.name().span())
          : unknown(target, node, space.file().names());
    }
    if (target instanceof Value.Target system) {
      return ofSystem(system, node);
    }
    if (target instanceof Value.Halves halves) {
      return OF_HALVES.contains(name)
          ? halves.part(name.equals("first"))
          : unknown(target, node, OF_HALVES);
    }
    return unknown(target, node, List.of());
  }

  private Value ofSystem(Value.Target system, Expression.Member node) {
    SystemModel model = system.model();
    return switch (node.name().text()) {
      case "dim" -> new Value.Numeric(new Formula.Number(model.dim(), Dimension.NONE));
      case "log_z" ->
          model.logZ().isPresent()
              ? new Value.Numeric(new Formula.Number(model.logZ().get(), Dimension.NONE))
              : elaboration.wrong(
                  CompositionErrors.needsLogZ(
                      node.span().text(), model.name(), node.name().span()));
      case "s" -> new Value.Numeric(coordinates(model), OptionalInt.of(model.dim()));
      default -> unknown(system, node, OF_SYSTEMS);
    };
  }

  /** s = R x. */
  private static Formula coordinates(SystemModel model) {
    Formula x = new Formula.Variable("x", FormulaType.number(Extent.VECTOR, Dimension.NONE));
    return model.rotation().<Formula>map(matrix -> new Formula.Rotated(matrix, x)).orElse(x);
  }

  private Value unknown(Value target, Expression.Member node, Collection<String> known) {
    return elaboration.wrong(
        NameErrors.unknownMember(target.phrase(), node.name().text(), node.name().span(), known));
  }
}
