package org.flowexp.sampler;

import java.util.Optional;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** A symmetric proposal: as likely from x to x′ as back, whatever the target. */
interface SymmetricMove extends Move {

  /** As {@link #trials}, without the target. */
  Proposals proposals(
      GraphBuilder g, Operand<TInt64> key, Block block, Operand<TFloating> temperatures);

  @Override
  default Trials trials(
      GraphBuilder g,
      ReducedEnergy target,
      Operand<TInt64> key,
      Block block,
      Operand<TFloating> temperatures) {
    Proposals proposals = proposals(g, key, block, temperatures);
    return (x, step) -> {
      Operand<TFloating> there = proposals.from(x, step);
      return new Trial(there, target.reduced(g, there), Optional.empty());
    };
  }

  /** The proposals of one block. */
  @FunctionalInterface
  interface Proposals {
    /** x′ from x, both [rows, dim], in the given step of the block. */
    Operand<TFloating> from(Operand<TFloating> x, int step);
  }
}
