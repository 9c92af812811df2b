package org.flowexp.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowexp.units.Dimension;

/** Short words for building formulas in tests; types follow from the operands. */
public final class Terms {
  private Terms() {}

  public static Formula number(double value) {
    return new Formula.Number(value, Dimension.NONE);
  }

  public static Formula batch(String name) {
    return new Formula.Variable(name, FormulaType.number(Extent.BATCH, Dimension.NONE));
  }

  public static Formula scalar(String name) {
    return new Formula.Variable(name, FormulaType.number(Extent.SCALAR, Dimension.NONE));
  }

  public static Formula vector(String name) {
    return new Formula.Variable(name, FormulaType.number(Extent.VECTOR, Dimension.NONE));
  }

  public static Formula at(Formula vector, Formula index) {
    return new Formula.Element(vector, index, Dimension.NONE);
  }

  public static Formula at(Formula vector, int index) {
    return at(vector, number(index));
  }

  public static Formula.RunningIndex index(String name) {
    return new Formula.RunningIndex(name);
  }

  public static Formula apply(Operation operation, Formula... operands) {
    Extent extent =
        Arrays.stream(operands).map(o -> o.type().extent()).max(Enum::compareTo).orElseThrow();
    boolean truth =
        operation.isPredicate() || (operation == Operation.SELECT && operands[1].type().isTruth());
    FormulaType type =
        truth ? FormulaType.truth(extent) : FormulaType.number(extent, Dimension.NONE);
    return new Formula.Apply(operation, List.of(operands), type);
  }

  public static Formula add(Formula a, Formula b) {
    return apply(Operation.ADD, a, b);
  }

  public static Formula subtract(Formula a, Formula b) {
    return apply(Operation.SUBTRACT, a, b);
  }

  public static Formula times(Formula a, Formula b) {
    return apply(Operation.MULTIPLY, a, b);
  }

  public static Formula power(Formula a, double exponent) {
    return apply(Operation.POWER, a, number(exponent));
  }

  public static Formula greater(Formula a, Formula b) {
    return apply(Operation.GREATER, a, b);
  }

  public static Formula reduce(Reduction reduction, Formula body) {
    return new Formula.Reduce(reduction, body, Optional.empty(), Dimension.NONE);
  }

  public static Formula reduce(Reduction reduction, Formula body, Formula where) {
    return new Formula.Reduce(reduction, body, Optional.of(where), Dimension.NONE);
  }

  public static Formula mean(Formula body) {
    return reduce(Reduction.MEAN, body);
  }

  public static Formula stop(Formula body) {
    return new Formula.Stop(body);
  }

  public static Formula softmax(Formula body) {
    return new Formula.Softmax(body);
  }

  public static Formula sum(String index, long from, long to, Formula body) {
    return new Formula.SumOver(index(index), from, to, body);
  }
}
