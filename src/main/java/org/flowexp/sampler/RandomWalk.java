package org.flowexp.sampler;

import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * An isotropic Gaussian step.
 *
 * @param step standard deviation of each coordinate at temperature multiplier 1
 * @param scaling whether hotter rungs walk further
 */
public record RandomWalk(double step, Scaling scaling) implements Move {

  /** How the step depends on a rung's temperature multiplier T. */
  public enum Scaling {
    /** The same on each rung. */
    CONSTANT,
    /** Times √T, as the width of a harmonic well. */
    ROOT_OF_TEMPERATURE
  }

  /** Checks the step. */
  public RandomWalk {
    if (!(step > 0) || Double.isInfinite(step)) {
      throw new IllegalArgumentException("random walk with the step " + step);
    }
  }

  /** A walk scaled by √T. */
  public RandomWalk(double step) {
    this(step, Scaling.ROOT_OF_TEMPERATURE);
  }

  @Override
  public Proposals proposals(
      GraphBuilder g, Operand<TInt64> key, Block block, Operand<TFloating> temperatures) {
    var tf = g.tf();
    Operand<TFloating> noise =
        g.normal(key, tf.constant(new int[] {block.steps(), block.rows(), block.dim()}));
    Operand<TFloating> root =
        switch (scaling) {
          case CONSTANT -> tf.onesLike(temperatures);
          case ROOT_OF_TEMPERATURE -> tf.math.sqrt(temperatures);
        };
    // at full size once, since broadcasting in each step costs more than the product
    Operand<TFloating> width =
        tf.broadcastTo(tf.math.mul(g.constant(step), root), tf.array(block.rows(), block.dim()));
    List<? extends Operand<TFloating>> steps =
        tf.unstack(noise, (long) block.steps(), Unstack.axis(0L)).output();
    return (x, i) -> tf.math.add(x, tf.math.mul(steps.get(i), width));
  }
}
