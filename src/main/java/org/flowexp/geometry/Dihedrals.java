package org.flowexp.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.flowexp.molecule.Quadruple;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Cosine and sine [dihedrals, batch] of dihedral angles, cis 0 and positive clockwise (IUPAC). With
 * b₁, b₂, b₃ the bonds, m = b₁×b₂, n = b₂×b₃: cos φ ∝ m·n, sin φ ∝ |b₂| b₁·n (Blondel and Karplus,
 * J. Comput. Chem. 17, 1132 (1996)). Where three atoms are collinear the angle is undefined; there
 * it is 0 with gradient 0.
 */
public record Dihedrals(Operand<TFloating> cosine, Operand<TFloating> sine) {
  /** (nm⁴)²; |m||n| of bonds is about 4e-4 nm⁴. */
  private static final double FLOOR = 1e-24;

  private static final double LENGTH_FLOOR = 1e-12;

  /** Of these atoms among the positions. */
  public static Dihedrals of(
      GraphBuilder g, Vectors positions, int atoms, List<Quadruple> quadruples) {
    var tf = g.tf();
    int n = quadruples.size();
    int[] from = new int[3 * n];
    int[] to = new int[3 * n];
    for (int i = 0; i < n; i++) {
      Quadruple q = quadruples.get(i);
      from[i] = q.i();
      to[i] = q.j();
      from[n + i] = q.j();
      to[n + i] = q.k();
      from[2 * n + i] = q.k();
      to[2 * n + i] = q.l();
    }
    List<Vectors> bonds = positions.differences(atoms, from, to).split(n, n, n);
    Vectors axis = bonds.get(1);
    Vectors normal = axis.cross(bonds.get(2));
    Operand<TFloating> along = bonds.get(0).cross(axis).dot(normal);
    Operand<TFloating> length =
        tf.math.sqrt(tf.math.maximum(axis.squares(), g.constant(LENGTH_FLOOR)));
    Operand<TFloating> across = tf.math.mul(length, bonds.get(0).dot(normal));
    Operand<TFloating> square = tf.math.add(tf.math.square(along), tf.math.square(across));
    Operand<TFloating> inverse = tf.math.rsqrt(tf.math.maximum(square, g.constant(FLOOR)));
    Operand<TFloating> cosine = tf.math.mul(along, inverse);
    Operand<TFloating> defined =
        tf.select(tf.math.greater(square, g.constant(FLOOR)), cosine, g.constant(1));
    return new Dihedrals(defined, tf.math.mul(across, inverse));
  }

  /** Consecutive groups of this many. */
  public List<Dihedrals> split(GraphBuilder g, int... lengths) {
    List<Operand<TFloating>> cosines = g.split(0, cosine, lengths);
    List<Operand<TFloating>> sines = g.split(0, sine, lengths);
    List<Dihedrals> parts = new ArrayList<>();
    IntStream.range(0, lengths.length)
        .forEach(i -> parts.add(new Dihedrals(cosines.get(i), sines.get(i))));
    return parts;
  }

  /** φ − φ₀ within ±π, φ₀ [dihedrals] given. */
  public Operand<TFloating> from(GraphBuilder g, double[] origins) {
    var tf = g.tf();
    double[] c =
        IntStream.range(0, origins.length).mapToDouble(i -> Math.cos(origins[i])).toArray();
    double[] s =
        IntStream.range(0, origins.length).mapToDouble(i -> Math.sin(origins[i])).toArray();
    Operand<TFloating> cosines = g.constant(c, c.length, 1);
    Operand<TFloating> sines = g.constant(s, s.length, 1);
    return tf.math.atan2(
        tf.math.sub(tf.math.mul(sine, cosines), tf.math.mul(cosine, sines)),
        tf.math.add(tf.math.mul(cosine, cosines), tf.math.mul(sine, sines)));
  }
}
