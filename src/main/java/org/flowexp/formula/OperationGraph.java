package org.flowexp.formula;

import java.util.List;
import java.util.Optional;
import org.flowexp.expression.Operation;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/** The elementwise operations as nodes; with a mask, their gradients are finite outside it. */
final class OperationGraph {
  /** Beyond it multiplications are no cheaper than a power. */
  private static final int LARGEST_WHOLE_EXPONENT = 16;

  private final GraphBuilder builder;
  private final Ops tf;

  OperationGraph(GraphBuilder builder) {
    this.builder = builder;
    this.tf = builder.tf();
  }

  /** Of numbers, giving a number; all but POWER and SELECT. */
  Operand<TFloating> number(
      Operation operation, List<Operand<TFloating>> operands, Optional<Operand<TBool>> mask) {
    Operand<TFloating> a = operands.get(0);
    Operand<TFloating> b = operands.get(operands.size() - 1);
    return switch (operation) {
      case NEGATE -> tf.math.neg(a);
      case ADD -> tf.math.add(a, b);
      case SUBTRACT -> tf.math.sub(a, b);
      case MULTIPLY -> tf.math.mul(a, b);
      case DIVIDE -> tf.math.div(a, harmless(b, mask, 1));
      case EXP -> tf.math.exp(harmless(a, mask, 0));
      case LOG -> tf.math.log(harmless(a, mask, 1));
      case SQRT -> tf.math.sqrt(harmless(a, mask, 1));
      case ABS -> tf.math.abs(a);
      case RELU -> tf.nn.relu(a);
      case TANH -> tf.math.tanh(a);
      case SIGMOID -> tf.math.sigmoid(a);
      case SOFTPLUS -> tf.math.softplus(a);
      case FLOOR -> tf.math.floor(a);
      case SIN -> tf.math.sin(a);
      case COS -> tf.math.cos(a);
      case MIN -> tf.math.minimum(a, b);
      case MAX -> tf.math.maximum(a, b);
      case POWER,
          SELECT,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          EQUAL,
          NOT_EQUAL,
          AND,
          OR,
          NOT ->
          throw unexpected(operation);
    };
  }

  /** A comparison of numbers. */
  Operand<TBool> comparison(Operation operation, Operand<TFloating> a, Operand<TFloating> b) {
    return switch (operation) {
      case LESS -> tf.math.less(a, b);
      case LESS_OR_EQUAL -> tf.math.lessEqual(a, b);
      case GREATER -> tf.math.greater(a, b);
      case GREATER_OR_EQUAL -> tf.math.greaterEqual(a, b);
      case EQUAL -> tf.math.equal(a, b);
      case NOT_EQUAL -> tf.math.notEqual(a, b);
      default -> throw unexpected(operation);
    };
  }

  /** Of truth values, giving one. */
  Operand<TBool> logical(Operation operation, List<Operand<TBool>> operands) {
    Operand<TBool> a = operands.get(0);
    Operand<TBool> b = operands.get(operands.size() - 1);
    return switch (operation) {
      case AND -> tf.math.logicalAnd(a, b);
      case OR -> tf.math.logicalOr(a, b);
      case NOT -> tf.math.logicalNot(a);
      case EQUAL -> tf.math.equal(a, b);
      case NOT_EQUAL -> tf.math.notEqual(a, b);
      default -> throw unexpected(operation);
    };
  }

  /** base^exponent; small whole powers by multiplications, whose gradients are finite at 0. */
  Operand<TFloating> power(
      Operand<TFloating> base, double exponent, Optional<Operand<TBool>> mask) {
    if (Math.rint(exponent) != exponent || Math.abs(exponent) > LARGEST_WHOLE_EXPONENT) {
      return power(base, builder.constant(exponent), mask);
    }
    return exponent < 0
        ? tf.math.reciprocal(product(harmless(base, mask, 1), (int) -exponent))
        : product(base, (int) exponent);
  }

  Operand<TFloating> power(
      Operand<TFloating> base, Operand<TFloating> exponent, Optional<Operand<TBool>> mask) {
    return tf.math.pow(harmless(base, mask, 1), exponent);
  }

  private Operand<TFloating> product(Operand<TFloating> base, int count) {
    if (count == 0) {
      return tf.onesLike(base);
    }
    if (count == 1) {
      return base;
    }
    Operand<TFloating> half = product(base, count / 2);
    Operand<TFloating> even = tf.math.square(half);
    return count % 2 == 0 ? even : tf.math.mul(even, base);
  }

  private Operand<TFloating> harmless(
      Operand<TFloating> operand, Optional<Operand<TBool>> mask, double elsewhere) {
    return mask.<Operand<TFloating>>map(m -> tf.select(m, operand, builder.constant(elsewhere)))
        .orElse(operand);
  }

  private static IllegalArgumentException unexpected(Operation operation) {
    return new IllegalArgumentException(operation + " is lowered elsewhere");
  }
}
