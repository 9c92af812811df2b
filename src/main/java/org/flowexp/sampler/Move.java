package org.flowexp.sampler;

import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** A symmetric proposal: as likely from x to x′ as back. */
public interface Move {

  /** The move, once it is known which coordinates are angles. */
  default Move among(List<Integer> angles) {
    return this;
  }

  /**
   * Draws the random numbers of a whole block at once.
   *
   * @param key of all randomness of this move in this block
   * @param temperatures the temperature multiplier of each row, [rows, 1]
   */
  Proposals proposals(
      GraphBuilder g, Operand<TInt64> key, Block block, Operand<TFloating> temperatures);

  /**
   * The extent of what a run of the graph does.
   *
   * @param steps steps in the block
   * @param rows rungs times chains
   * @param dim coordinates
   */
  record Block(int steps, int rows, int dim) {}

  /** The proposals of one block. */
  @FunctionalInterface
  interface Proposals {
    /** x′ from x, both [rows, dim], in the given step of the block. */
    Operand<TFloating> from(Operand<TFloating> x, int step);
  }
}
