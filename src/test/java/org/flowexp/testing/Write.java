package org.flowexp.testing;

import java.util.List;
import java.util.Optional;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.FormulaType;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Reduction;
import org.flowexp.units.Dimension;

/** Formulas without dimension, written in Java. */
public final class Write {
  private static final Dimension NONE = Dimension.NONE;

  private Write() {}

  public static Formula number(double value) {
    return new Formula.Number(value, NONE);
  }

  /** One value per sample: {@code log_q}, {@code log_w}, {@code u}. */
  public static Formula column(String name) {
    return new Formula.Variable(name, FormulaType.number(Extent.BATCH, NONE));
  }

  public static Formula vector(String name) {
    return new Formula.Variable(name, FormulaType.number(Extent.VECTOR, NONE));
  }

  public static Formula element(Formula vector, Formula index) {
    return new Formula.Element(vector, index, NONE);
  }

  public static Formula apply(Operation operation, Formula... operands) {
    Extent extent = Extent.SCALAR;
    for (Formula operand : operands) {
      extent = operand.type().extent().compareTo(extent) > 0 ? operand.type().extent() : extent;
    }
    FormulaType type =
        operation.isPredicate() ? FormulaType.truth(extent) : FormulaType.number(extent, NONE);
    return new Formula.Apply(operation, List.of(operands), type);
  }

  public static Formula minus(Formula a, Formula b) {
    return apply(Operation.SUBTRACT, a, b);
  }

  public static Formula plus(Formula a, Formula b) {
    return apply(Operation.ADD, a, b);
  }

  public static Formula times(Formula a, Formula b) {
    return apply(Operation.MULTIPLY, a, b);
  }

  public static Formula power(Formula a, double exponent) {
    return apply(Operation.POWER, a, number(exponent));
  }

  public static Formula negative(Formula a) {
    return apply(Operation.NEGATE, a);
  }

  public static Formula relu(Formula a) {
    return apply(Operation.RELU, a);
  }

  public static Formula stop(Formula body) {
    return new Formula.Stop(body);
  }

  public static Formula reduce(Reduction reduction, Formula body) {
    return new Formula.Reduce(reduction, body, Optional.empty(), NONE);
  }

  public static Formula mean(Formula body) {
    return reduce(Reduction.MEAN, body);
  }

  public static Formula on(String data, Formula body) {
    return new Formula.On(data, body);
  }
}
