package org.flowexp.flow;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** What a conditioner gives a transformer, laid out as the transformer likes it. */
public interface Steering {
  /** [batch, numbers]. */
  Operand<TFloating> byRow();

  /**
   * Each number of all rows side by side: [numbers, batch].
   *
   * @param order which number comes where: each of 0 … numbers − 1 once
   */
  Operand<TFloating> byNumber(int[] order);
}
