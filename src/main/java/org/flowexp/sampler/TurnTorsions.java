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
 * internal coordinates cross their barriers in one move. Several at once reach wells that differ in
 * more than one torsion; each is chosen without regard to the others, so the same may be chosen
 * twice, and the proposal stays as likely as its return.
 *
 * @param coordinates which ones
 * @param max the largest change, of either sign
 * @param atOnce how many choices one move makes
 */
public record TurnTorsions(List<Integer> coordinates, double max, int atOnce)
    implements SymmetricMove {
  /** Checks that something moves. */
  public TurnTorsions {
    coordinates = List.copyOf(coordinates);
    if (coordinates.isEmpty() || !(max > 0) || Double.isInfinite(max) || atOnce < 1) {
      throw new IllegalArgumentException(atOnce + " turns of " + coordinates + " by up to " + max);
    }
  }

  /** One at a time. */
  public TurnTorsions(List<Integer> coordinates, double max) {
    this(coordinates, max, 1);
  }

  @Override
  public Proposals proposals(
      GraphBuilder g, Operand<TInt64> key, Block block, Operand<TFloating> temperatures) {
    var tf = g.tf();
    int count = coordinates.size();
    Operand<TFloating> uniform =
        g.uniform(key, tf.constant(new int[] {2 * atOnce, block.steps(), block.rows(), 1}));
    List<? extends Operand<TFloating>> numbers =
        tf.unstack(uniform, 2L * atOnce, Unstack.axis(0L)).output();
    double[] first = new double[block.dim()];
    double[] last = new double[block.dim()];
    // Coordinate k is chosen if the number lies in its own share of [0, 1).
    for (int i = 0; i < count; i++) {
      first[coordinates.get(i)] = (double) i / count;
      last[coordinates.get(i)] = (i + 1.0) / count;
    }
    List<Operand<TFloating>> turns = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      Operand<TFloating> choice = numbers.get(2 * i);
      Operand<TFloating> chosen =
          tf.dtypes.cast(
              tf.math.logicalAnd(
                  tf.math.greaterEqual(choice, g.constant(first)),
                  tf.math.less(choice, g.constant(last))),
              g.precision().type());
      Operand<TFloating> by =
          tf.math.mul(tf.math.sub(numbers.get(2 * i + 1), g.constant(0.5)), g.constant(2 * max));
      turns.add(tf.math.mul(chosen, by));
    }
    Operand<TFloating> change = turns.size() == 1 ? turns.get(0) : tf.math.addN(turns);
    List<Operand<TFloating>> steps =
        new ArrayList<>(tf.unstack(change, (long) block.steps(), Unstack.axis(0L)).output());
    return (x, i) -> tf.math.add(x, steps.get(i));
  }
}
