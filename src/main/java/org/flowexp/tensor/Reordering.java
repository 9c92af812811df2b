package org.flowexp.tensor;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A matrix in another order. The derivative is the way back, one gather; TensorFlow's own of a
 * gather sorts and sums, as an entry could be taken twice.
 */
public final class Reordering {
  private static final int ROWS = 0;
  private static final int COLUMNS = 1;

  private Reordering() {}

  /**
   * Row i of the answer is row order[i].
   *
   * @param x [n, ·]
   * @param order each of 0 … n − 1 once
   */
  public static Operand<TFloating> rows(GraphBuilder builder, Operand<TFloating> x, int[] order) {
    return along(ROWS, builder, x, order);
  }

  /**
   * Column i of the answer is column order[i].
   *
   * @param x [·, n]
   * @param order each of 0 … n − 1 once
   */
  public static Operand<TFloating> columns(
      GraphBuilder builder, Operand<TFloating> x, int[] order) {
    return along(COLUMNS, builder, x, order);
  }

  /** The order that undoes this one. */
  public static int[] inverse(int[] order) {
    int[] back = new int[order.length];
    for (int i = 0; i < back.length; i++) {
      back[order[i]] = i;
    }
    return back;
  }

  // A gather, not a product with a permutation matrix: the latter is inexact on cards that
  // multiply in TF32. And not slices side by side, which cost an operation for each.
  private static Operand<TFloating> along(
      int axis, GraphBuilder builder, Operand<TFloating> x, int[] order) {
    if (isIdentity(order)) {
      return x;
    }
    var tf = builder.tf();
    return builder
        .withAdjoint(
            List.of(tf.gather(x, tf.constant(order), tf.constant(axis))),
            List.of(x),
            cotangents -> List.of(along(axis, builder, cotangents.get(0), inverse(order))))
        .get(0);
  }

  private static boolean isIdentity(int[] order) {
    for (int i = 0; i < order.length; i++) {
      if (order[i] != i) {
        return false;
      }
    }
    return true;
  }
}
