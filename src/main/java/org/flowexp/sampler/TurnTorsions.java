package org.flowexp.sampler;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * One of some coordinates, chosen anew for each row, moves by a uniform amount: torsions of
 * internal coordinates cross their barriers in one move.
 *
 * @param coordinates which ones
 * @param max the largest change, of either sign
 */
public record TurnTorsions(List<Integer> coordinates, double max) implements Move {
  /** Checks that something moves. */
  public TurnTorsions {
    coordinates = List.copyOf(coordinates);
    if (coordinates.isEmpty() || !(max > 0) || Double.isInfinite(max)) {
      throw new IllegalArgumentException("turns of " + coordinates + " by up to " + max);
    }
  }

  @Override
  public Proposals proposals(
      GraphBuilder g, Operand<TInt64> key, Block block, Operand<TFloating> temperatures) {
    var tf = g.tf();
    int count = coordinates.size();
    Operand<TFloating> uniform =
        g.uniform(key, tf.constant(new int[] {2, block.steps(), block.rows(), 1}));
    List<? extends Operand<TFloating>> halves = tf.unstack(uniform, 2L, Unstack.axis(0L)).output();
    double[] first = new double[block.dim()];
    double[] last = new double[block.dim()];
    // Coordinate k is chosen if the number lies in its own share of [0, 1).
    for (int i = 0; i < count; i++) {
      first[coordinates.get(i)] = (double) i / count;
      last[coordinates.get(i)] = (i + 1.0) / count;
    }
    Operand<TFloating> chosen =
        tf.dtypes.cast(
            tf.math.logicalAnd(
                tf.math.greaterEqual(halves.get(0), g.constant(first)),
                tf.math.less(halves.get(0), g.constant(last))),
            g.precision().type());
    Operand<TFloating> by =
        tf.math.mul(tf.math.sub(halves.get(1), g.constant(0.5)), g.constant(2 * max));
    var changes =
        tf.unstack(tf.math.mul(chosen, by), (long) block.steps(), Unstack.axis(0L)).output();
    List<Operand<TFloating>> steps = new ArrayList<>(changes);
    return (x, i) -> tf.math.add(x, steps.get(i));
  }
}
