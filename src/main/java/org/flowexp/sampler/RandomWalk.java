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
    Operand<TFloating> width =
        switch (scaling) {
          case CONSTANT -> g.constant(step);
          case ROOT_OF_TEMPERATURE -> tf.math.mul(g.constant(step), tf.math.sqrt(temperatures));
        };
    List<? extends Operand<TFloating>> steps =
        tf.unstack(tf.math.mul(noise, width), (long) block.steps(), Unstack.axis(0L)).output();
    return (x, i) -> tf.math.add(x, steps.get(i));
  }
}
