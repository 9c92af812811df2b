package org.flowexp.formula;

import static org.flowexp.expression.Terms.add;
import static org.flowexp.expression.Terms.apply;
import static org.flowexp.expression.Terms.at;
import static org.flowexp.expression.Terms.batch;
import static org.flowexp.expression.Terms.index;
import static org.flowexp.expression.Terms.number;
import static org.flowexp.expression.Terms.power;
import static org.flowexp.expression.Terms.reduce;
import static org.flowexp.expression.Terms.scalar;
import static org.flowexp.expression.Terms.softmax;
import static org.flowexp.expression.Terms.stop;
import static org.flowexp.expression.Terms.sum;
import static org.flowexp.expression.Terms.times;
import static org.flowexp.expression.Terms.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.flowexp.expression.Extent;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Matrix;
import org.flowexp.expression.Operation;
import org.flowexp.expression.Reduction;

/**
 * Well-typed formulas of x and s (vectors), u, log_w, log_q (per sample), n and beta; arguments are
 * kept in the domains of the operations, and small, so that rounding stays small.
 */
final class RandomFormulas {
  static final int DIM = 4;
  private static final List<Reduction> REDUCTIONS = List.of(Reduction.values());
  private static final List<Operation> COMPARISONS =
      List.of(
          Operation.LESS, Operation.LESS_OR_EQUAL, Operation.GREATER, Operation.GREATER_OR_EQUAL);

  private final SplittableRandom random;
  private final Matrix matrix;
  private int indices;

  RandomFormulas(SplittableRandom random, Matrix matrix) {
    this.random = random;
    this.matrix = matrix;
  }

  Formula batchNumber(int depth) {
    return numeric(Extent.BATCH, depth, List.of());
  }

  Formula scalarNumber(int depth) {
    return numeric(Extent.SCALAR, depth, List.of());
  }

  private Formula numeric(Extent extent, int depth, List<String> running) {
    if (depth == 0) {
      return leaf(extent, running);
    }
    Formula a = numeric(extent, depth - 1, running);
    return switch (random.nextInt(extent == Extent.SCALAR ? 16 : 15)) {
      case 0 -> apply(Operation.NEGATE, a);
      case 1, 2 -> add(a, numeric(any(extent), depth - 1, running));
      case 3 -> apply(Operation.SUBTRACT, numeric(any(extent), depth - 1, running), a);
      case 4 -> times(bounded(a), numeric(any(extent), depth - 1, running));
      case 5 -> apply(Operation.DIVIDE, a, add(number(1), power(bounded(a), 2)));
      case 6 -> raised(a);
      case 7, 8 -> smooth(a);
      case 9 ->
          apply(
              random.nextBoolean() ? Operation.MIN : Operation.MAX,
              a,
              numeric(any(extent), depth - 1, running));
      case 10 ->
          apply(
              Operation.SELECT,
              truth(any(extent), depth - 1, running),
              a,
              numeric(any(extent), depth - 1, running));
      case 11, 12 -> summed(extent, depth, running);
      case 13 -> stop(a);
      case 14 -> extent == Extent.BATCH ? softmax(bounded(a)) : reduced(depth, running);
      default -> reduced(depth, running);
    };
  }

  private Formula bounded(Formula a) {
    return times(number(2), apply(Operation.TANH, a));
  }

  private Formula raised(Formula a) {
    Formula positive = add(number(0.5), apply(Operation.ABS, bounded(a)));
    return switch (random.nextInt(6)) {
      case 0 -> power(bounded(a), 2);
      case 1 -> power(bounded(a), 3);
      case 2 -> power(bounded(a), 7);
      case 3 -> power(positive, -2);
      case 4 -> power(positive, 1.3);
      default -> apply(Operation.POWER, positive, bounded(a));
    };
  }

  private Formula smooth(Formula a) {
    return switch (random.nextInt(10)) {
      case 0 -> apply(Operation.EXP, bounded(a));
      case 1 -> apply(Operation.LOG, add(number(1), power(bounded(a), 2)));
      case 2 -> apply(Operation.SQRT, add(number(0.1), power(bounded(a), 2)));
      case 3 -> apply(Operation.ABS, a);
      case 4 -> apply(Operation.RELU, a);
      case 5 -> apply(Operation.TANH, a);
      case 6 -> apply(Operation.SIGMOID, a);
      case 7 -> apply(Operation.SOFTPLUS, apply(Operation.FLOOR, a));
      case 8 -> apply(Operation.SIN, bounded(a));
      default -> apply(Operation.COS, bounded(a));
    };
  }

  private Formula summed(Extent extent, int depth, List<String> running) {
    List<String> inner = new ArrayList<>(running);
    inner.add("i" + indices++);
    int from = random.nextInt(2);
    return sum(
        inner.get(inner.size() - 1),
        from,
        from + random.nextInt(3),
        numeric(extent, depth - 1, inner));
  }

  private Formula reduced(int depth, List<String> running) {
    Reduction reduction = REDUCTIONS.get(random.nextInt(REDUCTIONS.size()));
    Formula body = numeric(Extent.BATCH, depth - 1, running);
    return random.nextBoolean()
        ? reduce(reduction, body)
        : reduce(reduction, body, truth(Extent.BATCH, depth - 1, running));
  }

  private Formula truth(Extent extent, int depth, List<String> running) {
    int choice = random.nextInt(depth == 0 ? 2 : 7);
    if (choice < 2) {
      return apply(
          COMPARISONS.get(random.nextInt(4)),
          numeric(extent, Math.max(depth - 1, 0), running),
          numeric(any(extent), Math.max(depth - 1, 0), running));
    }
    Formula a = truth(extent, depth - 1, running);
    Formula b = truth(any(extent), depth - 1, running);
    return switch (choice) {
      case 2 -> apply(Operation.AND, a, b);
      case 3 -> apply(Operation.OR, a, b);
      case 4 -> apply(Operation.NOT, a);
      case 5 -> apply(Operation.SELECT, b, a, new Formula.Truth(random.nextBoolean()));
      default ->
          apply(
              random.nextBoolean() ? Operation.EQUAL : Operation.NOT_EQUAL,
              apply(Operation.SELECT, a, number(1), number(2)),
              apply(Operation.SELECT, b, number(1), number(2)));
    };
  }

  private Extent any(Extent extent) {
    return random.nextBoolean() ? extent : Extent.SCALAR;
  }

  private Formula leaf(Extent extent, List<String> running) {
    if (extent == Extent.SCALAR) {
      return switch (random.nextInt(running.isEmpty() ? 3 : 5)) {
        case 0 -> scalar("n");
        case 1 -> scalar("beta");
        case 2 -> number(random.nextDouble(-2, 2));
        default -> index(running.get(random.nextInt(running.size())));
      };
    }
    return switch (random.nextInt(7)) {
      case 0 -> batch("u");
      case 1 -> batch("log_w");
      case 2 -> batch("log_q");
      case 3 -> at(vector("x"), place(running));
      case 4 -> at(apply(Operation.SUBTRACT, vector("x"), vector("s")), place(running));
      case 5 -> at(new Formula.Rotated(matrix, times(batch("log_q"), vector("x"))), place(running));
      default -> at(new Formula.Rotated(matrix, vector("x")), place(running));
    };
  }

  /** At most DIM − 1, as an index is at most 3. */
  private Formula place(List<String> running) {
    if (running.isEmpty() || random.nextInt(4) == 0) {
      return number(random.nextInt(DIM));
    }
    Formula index = index(running.get(random.nextInt(running.size())));
    return random.nextBoolean() ? index : apply(Operation.SUBTRACT, number(3), index);
  }
}
