package org.flowexp.energy;

import java.util.List;
import org.flowexp.geometry.Vectors;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * An energy that holds a molecule near the origin and near an orientation without touching its
 * shape: k_t |c|² + k_r max(0, cos θ_max − cos θ)². c is the mean position of {@code centre}; the
 * frame e₁ ∝ x_b − x_a, e₂ ∝ the part of x_c − x_a across e₁, e₃ = e₁ × e₂ is turned by θ from the
 * axes of space, cos θ = (e₁·x̂ + e₂·ŷ + e₃·ẑ − 1)/2.
 *
 * @param atoms the number of atoms N
 * @param frame a, b, c: three atoms far from collinear
 * @param centre the atoms whose mean is c
 * @param translation k_t, kJ/mol/nm²
 * @param rotation k_r, kJ/mol
 * @param maxRotation θ_max, rad
 */
public record AlignmentPenalty(
    int atoms,
    List<Integer> frame,
    List<Integer> centre,
    double translation,
    double rotation,
    double maxRotation) {
  private static final double SHORTEST = 1e-8;

  /** Checks the atoms and the constants. */
  public AlignmentPenalty {
    frame = List.copyOf(frame);
    centre = List.copyOf(centre);
    if (frame.size() != 3 || frame.stream().distinct().count() != 3 || centre.isEmpty()) {
      throw new IllegalArgumentException("a frame of " + frame + " and a centre of " + centre);
    }
    if (!(translation > 0 && rotation > 0 && maxRotation > 0 && maxRotation < Math.PI)) {
      throw new IllegalArgumentException("an alignment that holds nothing");
    }
  }

  /** Positions [batch, 3N], nm, to [batch], kJ/mol. */
  public Operand<TFloating> energy(GraphBuilder g, Operand<TFloating> x) {
    var tf = g.tf();
    Vectors positions = Vectors.ofPositions(g, x, atoms);
    double[] mean = new double[atoms];
    centre.forEach(atom -> mean[atom] += 1.0 / centre.size());
    Operand<TFloating> centreSquare = positions.times(g.constant(mean, 1, atoms)).squares();
    Operand<TFloating> excess =
        tf.nn.relu(tf.math.sub(g.constant(Math.cos(maxRotation)), cosine(g, positions)));
    return tf.reshape(
        tf.math.add(
            tf.math.mul(g.constant(translation), centreSquare),
            tf.math.mul(g.constant(rotation), tf.math.square(excess))),
        tf.array(-1));
  }

  private Operand<TFloating> cosine(GraphBuilder g, Vectors positions) {
    var tf = g.tf();
    int a = frame.get(0);
    List<Vectors> arms =
        positions
            .differences(atoms, new int[] {a, a}, new int[] {frame.get(1), frame.get(2)})
            .split(1, 1);
    Vectors first = arms.get(0).unit(SHORTEST);
    Vectors third = arms.get(0).cross(arms.get(1)).unit(SHORTEST);
    // e₂ = e₃ × e₁
    Operand<TFloating> trace =
        tf.math.add(tf.math.add(first.x(), third.cross(first).y()), third.z());
    return tf.math.mul(tf.math.sub(trace, g.constant(1)), g.constant(0.5));
  }
}
