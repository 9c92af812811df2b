package org.flowexp.sampler;

import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Turns a bond, whichever: {@link TurnTorsions} once the angles of a system are known.
 *
 * @param max the largest change, rad, of either sign
 */
public record TurnBonds(double max) implements Move {
  @Override
  public Move among(List<Integer> angles) {
    return new TurnTorsions(angles, max);
  }

  @Override
  public Proposals proposals(
      GraphBuilder g, Operand<TInt64> key, Block block, Operand<TFloating> temperatures) {
    throw new IllegalStateException("it is not said which coordinates are angles");
  }
}
