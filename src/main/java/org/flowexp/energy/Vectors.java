package org.flowexp.energy;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Many vectors in space, each component [vectors, batch]: components apart, because sums over an
 * axis of length three are slow, and the batch last, because then pieces are views.
 */
record Vectors(GraphBuilder g, Operand<TFloating> x, Operand<TFloating> y, Operand<TFloating> z) {

  /** Positions [batch, 3 atoms] as vectors [atoms, batch]. */
  static Vectors ofPositions(GraphBuilder g, Operand<TFloating> positions, int atoms) {
    var tf = g.tf();
    Operand<TFloating> cube = tf.reshape(positions, tf.array(-1, atoms, 3));
    List<Operand<TFloating>> axes =
        g.split(0, tf.linalg.transpose(cube, tf.array(2, 1, 0)), 1, 1, 1);
    Operand<org.tensorflow.types.TInt32> form = tf.array(atoms, -1);
    return new Vectors(
        g,
        tf.reshape(axes.get(0), form),
        tf.reshape(axes.get(1), form),
        tf.reshape(axes.get(2), form));
  }

  /** x[to] − x[from], one row for each of the two lists. */
  Vectors differences(int atoms, int[] from, int[] to) {
    double[][] signs = new double[from.length][atoms];
    for (int row = 0; row < from.length; row++) {
      signs[row][to[row]] += 1;
      signs[row][from[row]] -= 1;
    }
    return times(g.constant(signs));
  }

  /** A [rows, vectors] times each component. */
  Vectors times(Operand<TFloating> matrix) {
    var tf = g.tf();
    return new Vectors(
        g, tf.linalg.matMul(matrix, x), tf.linalg.matMul(matrix, y), tf.linalg.matMul(matrix, z));
  }

  /** Consecutive groups of this many vectors. */
  List<Vectors> split(int... lengths) {
    List<Operand<TFloating>> xs = g.split(0, x, lengths);
    List<Operand<TFloating>> ys = g.split(0, y, lengths);
    List<Operand<TFloating>> zs = g.split(0, z, lengths);
    List<Vectors> parts = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      parts.add(new Vectors(g, xs.get(i), ys.get(i), zs.get(i)));
    }
    return parts;
  }

  Operand<TFloating> dot(Vectors other) {
    var tf = g.tf();
    return tf.math.add(
        tf.math.add(tf.math.mul(x, other.x), tf.math.mul(y, other.y)), tf.math.mul(z, other.z));
  }

  Vectors cross(Vectors other) {
    return new Vectors(
        g,
        minor(y, other.z, z, other.y),
        minor(z, other.x, x, other.z),
        minor(x, other.y, y, other.x));
  }

  /** The squares of the lengths. */
  Operand<TFloating> squares() {
    var tf = g.tf();
    return tf.math.add(tf.math.add(tf.math.square(x), tf.math.square(y)), tf.math.square(z));
  }

  private Operand<TFloating> minor(
      Operand<TFloating> a, Operand<TFloating> b, Operand<TFloating> c, Operand<TFloating> d) {
    var tf = g.tf();
    return tf.math.sub(tf.math.mul(a, b), tf.math.mul(c, d));
  }
}
