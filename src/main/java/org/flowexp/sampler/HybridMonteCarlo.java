package org.flowexp.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowexp.catalog.Pace;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * A piece of a trajectory with fresh normal momenta, accepted by the change of the total energy
 * (Duane et al., Phys. Lett. B 195, 216 (1987)). The masses are such that coordinates with wells of
 * their scale oscillate alike, whatever their kind; a hotter rung goes further by √T. The time step
 * of each trajectory is drawn anew within {@link #SPREAD} of it, without regard to x and p, lest a
 * well's period be a multiple of the trajectory (Mackenzie, Phys. Lett. B 226, 369 (1989)).
 *
 * @param step dt, in units in which a well of scale 1 has the period 2π
 * @param length steps of a trajectory
 * @param angles coordinates that are angles; their scale is {@link #ANGLE_SCALE}, of others 1
 */
record HybridMonteCarlo(double step, int length, List<Integer> angles) implements Move {
  /**
   * ps: a C-H stretch of 2900/cm has the period 2π times it. As no mass is a physical one, times
   * are those of the fastest vibration.
   */
  private static final double FASTEST = 1.8307e-3;

  private static final double SPREAD = 0.2;

  /** rad, about the width of a torsion's well at 300 K. */
  private static final double ANGLE_SCALE = 0.3;

  private static final long OTHER_STREAM = 0x5851F42D4C957F2DL;

  HybridMonteCarlo {
    angles = List.copyOf(angles);
    if (!(step > 0) || Double.isInfinite(step) || length < 1) {
      throw new IllegalArgumentException(length + " time steps of " + step);
    }
  }

  /** Of no angles yet. */
  static HybridMonteCarlo of(Pace pace, int length) {
    double step = pace.isTime() ? pace.value() / FASTEST : pace.value();
    return new HybridMonteCarlo(step, length, List.of());
  }

  @Override
  public Move among(List<Integer> known) {
    return new HybridMonteCarlo(step, length, known);
  }

  /** The start, and the end of each step; of the last the energy is what is accepted by. */
  @Override
  public int evaluations() {
    return length + 1;
  }

  @Override
  public Trials trials(
      GraphBuilder g,
      ReducedEnergy target,
      Operand<TInt64> key,
      Block block,
      Operand<TFloating> temperatures) {
    var tf = g.tf();
    List<Operand<TFloating>> momenta = RandomWalk.normal(g, key, block);
    List<? extends Operand<TFloating>> steps =
        tf.unstack(times(g, key, block), (long) block.steps(), Unstack.axis(0L)).output();
    Operand<TFloating> root = tf.math.sqrt(temperatures);
    Operand<TFloating> scale = g.constant(scales(block.dim()));
    return (x, i) -> {
      Operand<TFloating> stride = tf.math.mul(tf.math.mul(steps.get(i), root), scale);
      Operand<TFloating> kick = tf.math.div(stride, temperatures);
      Operand<TFloating> p = momenta.get(i);
      Leapfrog.Phase end = new Leapfrog(g, target, block.rows(), length).from(x, p, stride, kick);
      Operand<TFloating> gained = tf.math.sub(kinetic(g, end.p()), kinetic(g, p));
      Operand<TFloating> work =
          tf.math.mul(gained, tf.reshape(temperatures, tf.array(block.rows())));
      return new Trial(end.x(), end.u(), Optional.of(work));
    };
  }

  /** dt of each row, [steps, rows, 1]. */
  private Operand<TFloating> times(GraphBuilder g, Operand<TInt64> key, Block block) {
    var tf = g.tf();
    Operand<TInt64> other = tf.bitwise.bitwiseXor(key, tf.constant(OTHER_STREAM));
    Operand<TFloating> uniform =
        g.uniform(other, tf.constant(new int[] {block.steps(), block.rows(), 1}));
    return tf.math.add(
        g.constant(step * (1 - SPREAD)), tf.math.mul(uniform, g.constant(2 * step * SPREAD)));
  }

  private double[] scales(int dim) {
    double[] scales = new double[dim];
    Arrays.fill(scales, 1);
    angles.forEach(angle -> scales[angle] = ANGLE_SCALE);
    return scales;
  }

  private static Operand<TFloating> kinetic(GraphBuilder g, Operand<TFloating> p) {
    return g.tf().math.mul(g.sum(g.tf().math.square(p), 1), g.constant(0.5));
  }
}
