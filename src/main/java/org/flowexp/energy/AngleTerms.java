package org.flowexp.energy;

import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.geometry.Vectors;
import org.flowexp.molecule.Angle;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Σ k (θ − θ₀)², θ = atan2(|u × v|, u · v): accurate at every angle, unlike the inverse cosine, and
 * without a singular gradient where three atoms are collinear.
 */
record AngleTerms(int atoms, List<Angle> angles) {
  /** nm⁴; |u × v| of bonds is about 1e-2 nm². */
  private static final double FLOOR = 1e-16;

  Operand<TFloating> energy(GraphBuilder g, Vectors positions) {
    var tf = g.tf();
    int n = angles.size();
    int[] from = IntStream.range(0, 2 * n).map(i -> angles.get(i % n).j()).toArray();
    int[] to =
        IntStream.range(0, 2 * n)
            .map(i -> i < n ? angles.get(i).i() : angles.get(i - n).k())
            .toArray();
    List<Vectors> arms = positions.differences(atoms, from, to).split(n, n);
    Vectors u = arms.get(0);
    Vectors v = arms.get(1);
    Operand<TFloating> sine =
        tf.math.sqrt(tf.math.maximum(u.cross(v).squares(), g.constant(FLOOR)));
    Operand<TFloating> angle = tf.math.atan2(sine, u.dot(v));
    Operand<TFloating> bend =
        tf.math.sub(angle, g.constant(angles.stream().mapToDouble(Angle::angle).toArray(), n, 1));
    Operand<TFloating> stiffness =
        g.constant(angles.stream().mapToDouble(Angle::stiffness).toArray(), 1, n);
    return tf.reshape(tf.linalg.matMul(stiffness, tf.math.square(bend)), tf.array(-1));
  }
}
