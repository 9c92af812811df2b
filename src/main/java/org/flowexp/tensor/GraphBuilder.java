package org.flowexp.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Concat;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * A graph under construction in one precision. Adds what {@link Ops} lacks: constants and
 * placeholders of the graph's precision, reductions that differentiate, and random numbers keyed
 * from outside. Everything else reads well as {@code tf().math...}. Closing it closes the graph;
 * close sessions first.
 */
public final class GraphBuilder implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Precision precision;
  private final List<Cut> cuts = new ArrayList<>();

  /** Starts an empty graph. */
  public GraphBuilder(Precision precision) {
    this.precision = precision;
  }

  /** The graph being built. */
  public Graph graph() {
    return graph;
  }

  /** All operations of TensorFlow. */
  public Ops tf() {
    return tf;
  }

  /** The type of every floating tensor here. */
  public Precision precision() {
    return precision;
  }

  /** A scalar. */
  public Operand<TFloating> constant(double value) {
    return constant(new double[] {value}, new long[0]);
  }

  /** A vector [n]. */
  public Operand<TFloating> constant(double[] values) {
    return constant(values, values.length);
  }

  /** A matrix [rows, columns]; rows of equal length. */
  public Operand<TFloating> constant(double[][] rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return constant(flat, rows.length, rows.length == 0 ? 0 : rows[0].length);
  }

  /** A tensor of any shape from its numbers, row by row. */
  public Operand<TFloating> constant(double[] values, long... shape) {
    try (TFloating tensor = precision.tensor(values, shape)) {
      return Constant.create(tf.scope(), tensor);
    }
  }

  /** A fed tensor; −1 is an axis of unknown length. */
  public Operand<TFloating> placeholder(long... shape) {
    return tf.placeholder(precision.type(), Placeholder.shape(Shape.of(shape)));
  }

  /** A fed key [2] for {@link #normal} and {@link #uniform}. */
  public Operand<TInt64> keyPlaceholder() {
    return tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
  }

  /** A fed whole number, for example the size of a batch. */
  public Operand<TInt32> countPlaceholder() {
    return tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
  }

  /** The number of rows, known at run time. */
  public Operand<TInt32> batchSize(Operand<TFloating> x) {
    return tf.reshape(tf.slice(tf.shape(x), tf.array(0), tf.array(1)), tf.constant(new int[0]));
  }

  /** The shape [batch, lengths...] from a batch size known at run time. */
  public Operand<TInt32> shape(Operand<TInt32> batch, int... lengths) {
    return tf.stack(
        Stream.<Operand<TInt32>>concat(
                Stream.of(batch), Arrays.stream(lengths).mapToObj(tf::constant))
            .toList());
  }

  /** Independent standard normal numbers, a pure function of the key and the shape. */
  public Operand<TFloating> normal(Operand<TInt64> key, Operand<TInt32> shape) {
    return tf.random.statelessRandomNormal(shape, key, precision.type());
  }

  /** Independent numbers uniform in [0, 1), a pure function of the key and the shape. */
  public Operand<TFloating> uniform(Operand<TInt64> key, Operand<TInt32> shape) {
    return tf.random.statelessRandomUniform(shape, key, precision.type());
  }

  /** Side by side along an axis ≥ 0. */
  public Operand<TFloating> concat(int axis, List<Operand<TFloating>> parts) {
    return parts.size() == 1 ? parts.get(0) : Concat.create(tf.scope(), parts, tf.constant(axis));
  }

  /** Pieces of these lengths along an axis ≥ 0; the lengths add up to the axis's. */
  public List<Operand<TFloating>> split(int axis, Operand<TFloating> x, int... lengths) {
    if (lengths.length == 1) {
      return List.of(x);
    }
    return List.copyOf(
        tf.splitV(x, tf.constant(lengths), tf.constant(axis), (long) lengths.length).output());
  }

  /** Columns {@code from} (inclusive) to {@code to} (exclusive) of a matrix [batch, n]. */
  public Operand<TFloating> columns(Operand<TFloating> x, int from, int to) {
    return tf.slice(x, tf.array(0, from), tf.array(-1, to - from));
  }

  /**
   * The named columns of a matrix [batch, n], in this order; one slice where they are contiguous.
   */
  public Operand<TFloating> columns(Operand<TFloating> x, int[] indices) {
    for (int i = 1; i < indices.length; i++) {
      if (indices[i] != indices[i - 1] + 1) {
        return tf.gather(x, tf.constant(indices), tf.constant(1));
      }
    }
    return columns(x, indices[0], indices[0] + indices.length);
  }

  /** [m, n] → [n, m]. */
  public Operand<TFloating> transposed(Operand<TFloating> matrix) {
    return tf.linalg.transpose(matrix, tf.array(1, 0));
  }

  /** The sum over these axes, which disappear. */
  public Operand<TFloating> sum(Operand<TFloating> x, int... axes) {
    return tf.reduceSum(x, tf.constant(axes));
  }

  /** The sum over these axes, kept with length 1. */
  public Operand<TFloating> sumKeepingAxes(Operand<TFloating> x, int... axes) {
    return tf.reduceSum(x, tf.constant(axes), ReduceSum.keepDims(true));
  }

  /** The mean over these axes, which disappear. */
  public Operand<TFloating> mean(Operand<TFloating> x, int... axes) {
    return tf.math.mean(x, tf.constant(axes));
  }

  /** The mean over these axes, kept with length 1. */
  public Operand<TFloating> meanKeepingAxes(Operand<TFloating> x, int... axes) {
    return tf.math.mean(x, tf.constant(axes), Mean.keepDims(true));
  }

  /** The maximum over these axes, which disappear. */
  public Operand<TFloating> max(Operand<TFloating> x, int... axes) {
    return tf.reduceMax(x, tf.constant(axes));
  }

  /** The maximum over these axes, kept with length 1. */
  public Operand<TFloating> maxKeepingAxes(Operand<TFloating> x, int... axes) {
    return tf.reduceMax(x, tf.constant(axes), ReduceMax.keepDims(true));
  }

  /**
   * log Σ exp x over these axes, which disappear. The shift by the maximum is detached, so the
   * gradient is softmax exactly; a slice of nothing but −∞ gives −∞ (with a NaN gradient).
   */
  public Operand<TFloating> logSumExp(Operand<TFloating> x, int... axes) {
    Operand<TFloating> top = tf.stopGradient(maxKeepingAxes(x, axes));
    Operand<TFloating> shift = tf.select(tf.math.isFinite(top), top, tf.zerosLike(top));
    Operand<TFloating> sum = sum(tf.math.exp(tf.math.sub(x, shift)), axes);
    return tf.math.add(tf.math.log(sum), tf.reshape(shift, tf.shape(sum)));
  }

  /**
   * The same values, differentiated by hand: {@link Gradients} does not look inside. What an
   * adjoint builds is differentiated in its turn, so second derivatives are right where the adjoint
   * is.
   *
   * @param outputs functions of the inputs
   * @param inputs all that the outputs depend on, as far as derivatives are asked for
   */
  public List<Operand<TFloating>> withAdjoint(
      List<Operand<TFloating>> outputs, List<Operand<TFloating>> inputs, Adjoint adjoint) {
    List<Operand<TFloating>> detached =
        outputs.stream().<Operand<TFloating>>map(tf::stopGradient).toList();
    cuts.add(new Cut(detached, List.copyOf(inputs), adjoint));
    return detached;
  }

  /** In the order in which they were built. */
  List<Cut> cuts() {
    return List.copyOf(cuts);
  }

  /** x · sigmoid(x). */
  public Operand<TFloating> silu(Operand<TFloating> x) {
    return tf.math.mul(x, tf.math.sigmoid(x));
  }

  /** A tensor for feeding {@link #keyPlaceholder}. The caller closes it. */
  public static Tensor key(long[] key) {
    return TInt64.vectorOf(key);
  }

  @Override
  public void close() {
    graph.close();
  }
}
