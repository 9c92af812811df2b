package org.flowexp.tensor;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The parameters of one generator as tensors of a graph: one flat vector, split once (the gradient
 * of the split is one concatenation) and reshaped into kernels.
 */
public final class Parameters {
  private final GraphBuilder builder;
  private final Operand<TFloating> flat;
  private final List<Operand<TFloating>> tensors;

  /**
   * Cuts a flat vector.
   *
   * @param flat [layout.size()], usually {@link Variable#value}
   */
  public Parameters(GraphBuilder builder, ParameterLayout layout, Operand<TFloating> flat) {
    this.builder = builder;
    this.flat = flat;
    this.tensors = cut(builder.tf(), layout.slices(), flat);
  }

  /** The graph these tensors live in. */
  public GraphBuilder builder() {
    return builder;
  }

  /** The whole vector: what gradients are taken of. */
  public Operand<TFloating> flat() {
    return flat;
  }

  /** One parameter in its own shape. */
  public Operand<TFloating> tensor(Slice slice) {
    return tensors.get(slice.index());
  }

  private static List<Operand<TFloating>> cut(Ops tf, List<Slice> slices, Operand<TFloating> flat) {
    if (slices.isEmpty()) {
      return List.of();
    }
    if (slices.size() == 1) {
      // Without its one piece there is nothing to split; the gradient of such a split fails.
      return List.of(tf.reshape(flat, tf.constant(slices.get(0).shape())));
    }
    int[] sizes = slices.stream().mapToInt(Slice::size).toArray();
    List<Output<TFloating>> pieces =
        tf.splitV(flat, tf.constant(sizes), tf.constant(0), (long) sizes.length).output();
    return IntStream.range(0, sizes.length)
        .<Operand<TFloating>>mapToObj(
            i ->
                slices.get(i).lengths().size() == 1
                    ? pieces.get(i)
                    : tf.reshape(pieces.get(i), tf.constant(slices.get(i).shape())))
        .toList();
  }
}
