package org.flowexp.geometry;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Many vectors in space, each component [vectors, batch]: components apart, because sums over an
 * axis of length three are slow, and the batch last, because then pieces are views.
 */
public record Vectors(
    GraphBuilder g, Operand<TFloating> x, Operand<TFloating> y, Operand<TFloating> z) {

  /** Positions [batch, 3 atoms] as vectors [atoms, batch]. */
  public static Vectors ofPositions(GraphBuilder g, Operand<TFloating> positions, int atoms) {
    var tf = g.tf();
    Operand<TFloating> cube = tf.reshape(positions, tf.array(-1, atoms, 3));
    List<Operand<TFloating>> axes =
        g.split(0, tf.linalg.transpose(cube, tf.array(2, 1, 0)), 1, 1, 1);
    Operand<TInt32> form = tf.array(atoms, -1);
    return new Vectors(
        g,
        tf.reshape(axes.get(0), form),
        tf.reshape(axes.get(1), form),
        tf.reshape(axes.get(2), form));
  }

  /** x[to] − x[from], one row for each of the two lists. */
  public Vectors differences(int atoms, int[] from, int[] to) {
    double[] signs = new double[from.length * atoms];
    for (int row = 0; row < from.length; row++) {
      signs[row * atoms + to[row]] += 1;
      signs[row * atoms + from[row]] -= 1;
    }
    return times(g.constant(signs, from.length, atoms));
  }

  /** A [rows, vectors] times each component. */
  public Vectors times(Operand<TFloating> matrix) {
    var tf = g.tf();
    return new Vectors(
        g, tf.linalg.matMul(matrix, x), tf.linalg.matMul(matrix, y), tf.linalg.matMul(matrix, z));
  }

  /** Consecutive groups of this many vectors. */
  public List<Vectors> split(int... lengths) {
    List<Operand<TFloating>> xs = g.split(0, x, lengths);
    List<Operand<TFloating>> ys = g.split(0, y, lengths);
    List<Operand<TFloating>> zs = g.split(0, z, lengths);
    List<Vectors> parts = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      parts.add(new Vectors(g, xs.get(i), ys.get(i), zs.get(i)));
    }
    return parts;
  }

  /** The inner products [vectors, batch]. */
  public Operand<TFloating> dot(Vectors other) {
    var tf = g.tf();
    return tf.math.add(
        tf.math.add(tf.math.mul(x, other.x), tf.math.mul(y, other.y)), tf.math.mul(z, other.z));
  }

  /** The vector products. */
  public Vectors cross(Vectors other) {
    return new Vectors(
        g,
        minor(y, other.z, z, other.y),
        minor(z, other.x, x, other.z),
        minor(x, other.y, y, other.x));
  }

  /** The squares of the lengths. */
  public Operand<TFloating> squares() {
    var tf = g.tf();
    return tf.math.add(tf.math.add(tf.math.square(x), tf.math.square(y)), tf.math.square(z));
  }

  /** The named vectors, in this order. */
  public Vectors rows(int... places) {
    var tf = g.tf();
    Operand<TInt32> indices = tf.constant(places);
    Operand<TInt32> axis = tf.constant(0);
    return new Vectors(
        g, tf.gather(x, indices, axis), tf.gather(y, indices, axis), tf.gather(z, indices, axis));
  }

  /** Each vector times a number of its own [vectors, batch]. */
  public Vectors scaled(Operand<TFloating> factors) {
    var tf = g.tf();
    return new Vectors(
        g, tf.math.mul(x, factors), tf.math.mul(y, factors), tf.math.mul(z, factors));
  }

  /** The sums. */
  public Vectors plus(Vectors other) {
    var tf = g.tf();
    return new Vectors(
        g, tf.math.add(x, other.x), tf.math.add(y, other.y), tf.math.add(z, other.z));
  }

  /** The differences this − other. */
  public Vectors minus(Vectors other) {
    var tf = g.tf();
    return new Vectors(
        g, tf.math.sub(x, other.x), tf.math.sub(y, other.y), tf.math.sub(z, other.z));
  }

  /** Of length one; a vector shorter than {@code shortest} keeps its direction and is short. */
  public Vectors unit(double shortest) {
    var tf = g.tf();
    return scaled(tf.math.rsqrt(tf.math.maximum(squares(), g.constant(shortest * shortest))));
  }

  /** These, then the others. */
  public Vectors followedBy(Vectors other) {
    return new Vectors(
        g,
        g.concat(0, List.of(x, other.x)),
        g.concat(0, List.of(y, other.y)),
        g.concat(0, List.of(z, other.z)));
  }

  /** Positions [batch, 3 vectors]: x, y, z of the first, of the second, …. */
  public Operand<TFloating> positions() {
    var tf = g.tf();
    Operand<TFloating> cube = tf.stack(List.of(x, y, z), Stack.axis(0L));
    Operand<TFloating> rows = tf.linalg.transpose(cube, tf.array(2, 1, 0));
    return tf.reshape(rows, tf.stack(List.of(g.batchSize(rows), tf.constant(-1))));
  }

  private Operand<TFloating> minor(
      Operand<TFloating> a, Operand<TFloating> b, Operand<TFloating> c, Operand<TFloating> d) {
    var tf = g.tf();
    return tf.math.sub(tf.math.mul(a, b), tf.math.mul(c, d));
  }
}
