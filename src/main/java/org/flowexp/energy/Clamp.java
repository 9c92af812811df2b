package org.flowexp.energy;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A logarithm in place of an energy that is too high: e for e ≤ e₀, else e₀ + w log(1 + (e −
 * e₀)/w), continuous with its first derivative.
 *
 * @param above e₀, kJ/mol
 * @param width w, kJ/mol; kT in this project
 */
public record Clamp(double above, double width) {
  /** Checks the width. */
  public Clamp {
    if (!(width > 0) || !Double.isFinite(above)) {
      throw new IllegalArgumentException("a clamp above " + above + " of width " + width);
    }
  }

  /** Energies [batch] to energies [batch]. */
  public Operand<TFloating> of(GraphBuilder g, Operand<TFloating> energy) {
    var tf = g.tf();
    Operand<TFloating> excess = tf.nn.relu(tf.math.sub(energy, g.constant(above)));
    return tf.math.add(
        tf.math.minimum(energy, g.constant(above)),
        tf.math.mul(g.constant(width), tf.math.log1p(tf.math.mul(excess, g.constant(1 / width)))));
  }
}
