package org.flowexp.tensor;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Columns of a matrix in another order. The derivative is the way back, one gather; TensorFlow's
 * own of a gather sorts and sums, as columns could be taken twice.
 */
public final class Reordering {
  private Reordering() {}

  /**
   * Column i of the answer is column order[i].
   *
   * @param x [batch, n]
   * @param order each of 0 … n − 1 once
   */
  public static Operand<TFloating> columns(
      GraphBuilder builder, Operand<TFloating> x, int[] order) {
    if (isIdentity(order)) {
      return x;
    }
    // A gather, not a product with a permutation matrix: the latter is inexact on cards that
    // multiply in TF32. And not slices side by side: a copy of a single column costs ten times as
    // much as gathering it.
    return builder
        .withAdjoint(
            List.of(builder.columns(x, order)),
            List.of(x),
            cotangents -> List.of(columns(builder, cotangents.get(0), inverse(order))))
        .get(0);
  }

  /** The order that undoes this one. */
  public static int[] inverse(int[] order) {
    int[] back = new int[order.length];
    for (int i = 0; i < back.length; i++) {
      back[order[i]] = i;
    }
    return back;
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
