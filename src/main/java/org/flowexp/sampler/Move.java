package org.flowexp.sampler;

import java.util.List;
import java.util.Optional;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** How a chain is led from x to a proposal x′. */
public interface Move {

  /** The move, once it is known which coordinates are angles. */
  default Move among(List<Integer> angles) {
    return this;
  }

  /** Evaluations of u, or of u with its gradient, that one trial takes. */
  default int evaluations() {
    return 1;
  }

  /**
   * Draws the random numbers of a whole block at once.
   *
   * @param key of all randomness of this move in this block
   * @param temperatures the temperature multiplier of each row, [rows, 1]
   */
  Trials trials(
      GraphBuilder g,
      ReducedEnergy target,
      Operand<TInt64> key,
      Block block,
      Operand<TFloating> temperatures);

  /**
   * The extent of what a run of the graph does.
   *
   * @param steps steps in the block
   * @param rows rungs times chains
   * @param dim coordinates
   */
  record Block(int steps, int rows, int dim) {}

  /** The trials of one block. */
  @FunctionalInterface
  interface Trials {
    /** From x [rows, dim], in the given step of the block. */
    Trial from(Operand<TFloating> x, int step);
  }

  /**
   * A proposal, accepted with the probability min(1, exp((u − u′ − w)/T)).
   *
   * @param x [rows, dim]
   * @param u of x, [rows]
   * @param work w, what else the move has gained on its way, [rows]; empty for none
   */
  record Trial(Operand<TFloating> x, Operand<TFloating> u, Optional<Operand<TFloating>> work) {}
}
