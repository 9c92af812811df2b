package org.flowexp.sampler;

import java.util.List;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Turns some bonds, whichever: {@link TurnTorsions} once the angles of a system are known.
 *
 * @param max the largest change, rad, of either sign
 * @param atOnce how many, each whichever
 */
public record TurnBonds(double max, int atOnce) implements Move {
  @Override
  public Move among(List<Integer> angles) {
    return new TurnTorsions(angles, max, atOnce);
  }

  @Override
  public Trials trials(
      GraphBuilder g,
      ReducedEnergy target,
      Operand<TInt64> key,
      Block block,
      Operand<TFloating> temperatures) {
    throw new IllegalStateException("it is not said which coordinates are angles");
  }
}
