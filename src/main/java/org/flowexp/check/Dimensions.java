package org.flowexp.check;

import java.util.List;
import java.util.Optional;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Operation;
import org.flowexp.source.Span;
import org.flowexp.units.Dimension;

/** Dimensional analysis of one operation. */
final class Dimensions {
  private final Elaboration elaboration;

  Dimensions(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** The dimension of the result, or empty after a diagnostic. */
  Optional<Dimension> of(
      Operation operation, String symbol, List<Formula> operands, List<Span> spans) {
    Dimension first = operands.get(0).type().dimension();
    return switch (operation) {
      case NEGATE, ABS, RELU -> Optional.of(first);
      case ADD,
          SUBTRACT,
          MIN,
          MAX,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          EQUAL,
          NOT_EQUAL ->
          same(symbol, operands, spans);
      case MULTIPLY -> Optional.of(first.times(operands.get(1).type().dimension()));
      case DIVIDE -> Optional.of(first.per(operands.get(1).type().dimension()));
      case POWER -> power(first, operands.get(1), spans);
      case SQRT -> first.power(0.5);
      case EXP, LOG, TANH, SIGMOID, SOFTPLUS, FLOOR -> plain(symbol, first, spans.get(0));
      case SIN, COS ->
          first.equals(Dimension.ANGLE)
              ? Optional.of(Dimension.NONE)
              : plain(symbol, first, spans.get(0));
      case AND, OR, NOT, SELECT -> Optional.of(Dimension.NONE);
    };
  }

  private Optional<Dimension> same(String symbol, List<Formula> operands, List<Span> spans) {
    Dimension left = operands.get(0).type().dimension();
    Dimension right = operands.get(1).type().dimension();
    if (left.equals(right)) {
      return Optional.of(left);
    }
    elaboration
        .diagnostics()
        .add(TypeErrors.dimensions(symbol, left, spans.get(0), right, spans.get(1)));
    return Optional.empty();
  }

  private Optional<Dimension> plain(String symbol, Dimension found, Span span) {
    if (found.isNone()) {
      return Optional.of(Dimension.NONE);
    }
    elaboration.diagnostics().add(TypeErrors.needsPlainNumber(symbol, found, span));
    return Optional.empty();
  }

  private Optional<Dimension> power(Dimension base, Formula exponent, List<Span> spans) {
    if (!exponent.type().dimension().isNone()) {
      return plain("^", exponent.type().dimension(), spans.get(1));
    }
    if (base.isNone()) {
      return Optional.of(Dimension.NONE);
    }
    Optional<Dimension> power =
        exponent instanceof Formula.Number number ? base.power(number.value()) : Optional.empty();
    if (power.isEmpty()) {
      elaboration.diagnostics().add(TypeErrors.exponent(spans.get(1)));
    }
    return power;
  }
}
