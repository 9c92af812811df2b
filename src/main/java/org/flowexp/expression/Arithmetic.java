package org.flowexp.expression;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The elementwise operations on arrays, where an array of length 1 goes with any other. */
final class Arithmetic {
  private Arithmetic() {}

  static double[] apply(Operation operation, double[]... operands) {
    return switch (operation) {
      case NEGATE -> each(operands, a -> -a);
      case EXP -> each(operands, Math::exp);
      case LOG -> each(operands, Math::log);
      case SQRT -> each(operands, Math::sqrt);
      case ABS -> each(operands, Math::abs);
      case RELU -> each(operands, a -> Math.max(a, 0));
      case TANH -> each(operands, Math::tanh);
      case SIGMOID -> each(operands, a -> 1 / (1 + Math.exp(-a)));
      case SOFTPLUS -> each(operands, a -> Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))));
      case FLOOR -> each(operands, Math::floor);
      case SIN -> each(operands, Math::sin);
      case COS -> each(operands, Math::cos);
      case NOT -> each(operands, a -> 1 - a);
      case ADD -> pairs(operands, Double::sum);
      case SUBTRACT -> pairs(operands, (a, b) -> a - b);
      case MULTIPLY -> pairs(operands, (a, b) -> a * b);
      case DIVIDE -> pairs(operands, (a, b) -> a / b);
      case POWER -> pairs(operands, Arithmetic::power);
      case MIN -> pairs(operands, Math::min);
      case MAX -> pairs(operands, Math::max);
      case LESS -> pairs(operands, (a, b) -> truth(a < b));
      case LESS_OR_EQUAL -> pairs(operands, (a, b) -> truth(a <= b));
      case GREATER -> pairs(operands, (a, b) -> truth(a > b));
      case GREATER_OR_EQUAL -> pairs(operands, (a, b) -> truth(a >= b));
      case EQUAL -> pairs(operands, (a, b) -> truth(a == b));
      case NOT_EQUAL -> pairs(operands, (a, b) -> truth(a != b));
      case AND -> pairs(operands, (a, b) -> a * b);
      case OR -> pairs(operands, Math::max);
      case SELECT -> select(operands[0], operands[1], operands[2]);
    };
  }

  private static double power(double base, double exponent) {
    return exponent == 2 ? base * base : Math.pow(base, exponent);
  }

  private static double truth(boolean holds) {
    return holds ? 1 : 0;
  }

  private static double[] each(double[][] operands, DoubleUnaryOperator operator) {
    double[] a = operands[0];
    double[] values = new double[a.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.applyAsDouble(a[i]);
    }
    return values;
  }

  private static double[] pairs(double[][] operands, DoubleBinaryOperator operator) {
    double[] a = operands[0];
    double[] b = operands[1];
    double[] values = new double[length(a, b)];
    int stepA = step(a);
    int stepB = step(b);
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.applyAsDouble(a[i * stepA], b[i * stepB]);
    }
    return values;
  }

  private static double[] select(double[] condition, double[] then, double[] otherwise) {
    double[] values = new double[length(condition, then, otherwise)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          condition[i * step(condition)] != 0
              ? then[i * step(then)]
              : otherwise[i * step(otherwise)];
    }
    return values;
  }

  /** The common length; an empty batch stays empty. */
  private static int length(double[]... operands) {
    int length = 1;
    for (double[] operand : operands) {
      length = operand.length == 1 ? length : operand.length;
    }
    return length;
  }

  private static int step(double[] operand) {
    return operand.length == 1 ? 0 : 1;
  }
}
