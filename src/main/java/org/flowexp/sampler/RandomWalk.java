package org.flowexp.sampler;

import java.util.ArrayList;
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
public record RandomWalk(double step, Scaling scaling) implements SymmetricMove {

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
    Operand<TFloating> root =
        switch (scaling) {
          case CONSTANT -> tf.onesLike(temperatures);
          case ROOT_OF_TEMPERATURE -> tf.math.sqrt(temperatures);
        };
    // at full size once, since broadcasting in each step costs more than the product
    Operand<TFloating> width =
        tf.broadcastTo(tf.math.mul(g.constant(step), root), tf.array(block.rows(), block.dim()));
    List<Operand<TFloating>> noise = normal(g, key, block);
    return (x, i) -> tf.math.add(x, tf.math.mul(noise.get(i), width));
  }

  /**
   * Standard normal numbers [rows, dim], one for each step of the block: the pairs of Box and
   * Muller, Ann. Math. Stat. 29, 610 (1958), as vectorised operations. TensorFlow's own normal
   * numbers come from a scalar loop that takes twice as long, and here they are most of the work.
   * As there, single precision has no numbers beyond 5.7.
   */
  static List<Operand<TFloating>> normal(GraphBuilder g, Operand<TInt64> key, Block block) {
    var tf = g.tf();
    int pairs = (block.steps() + 1) / 2;
    Operand<TFloating> uniform =
        g.uniform(key, tf.constant(new int[] {2, pairs, block.rows(), block.dim()}));
    List<? extends Operand<TFloating>> halves = tf.unstack(uniform, 2L, Unstack.axis(0L)).output();
    Operand<TFloating> radius =
        tf.math.sqrt(
            tf.math.mul(g.constant(-2), tf.math.log(tf.math.sub(g.constant(1), halves.get(0)))));
    Operand<TFloating> angle = tf.math.mul(g.constant(2 * Math.PI), halves.get(1));
    var even = tf.unstack(tf.math.mul(radius, tf.math.cos(angle)), (long) pairs, Unstack.axis(0L));
    var odd = tf.unstack(tf.math.mul(radius, tf.math.sin(angle)), (long) pairs, Unstack.axis(0L));
    List<Operand<TFloating>> steps = new ArrayList<>();
    for (int i = 0; i < block.steps(); i++) {
      steps.add((i % 2 == 0 ? even : odd).output().get(i / 2));
    }
    return steps;
  }
}
