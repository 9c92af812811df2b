package org.flowexp.tensor;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
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
    this.tensors = cut(builder, layout.slices(), flat);
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

  // By hand, since each of TensorFlow's runs from a cut would join a whole vector of its own.
  private static List<Operand<TFloating>> cut(
      GraphBuilder builder, List<Slice> slices, Operand<TFloating> flat) {
    Ops tf = builder.tf();
    if (slices.isEmpty()) {
      return List.of();
    }
    if (slices.size() == 1) {
      // Without its one piece there is nothing to split; the gradient of such a split fails.
      return List.of(tf.reshape(flat, tf.constant(slices.get(0).shape())));
    }
    int[] sizes = slices.stream().mapToInt(Slice::size).toArray();
    List<Operand<TFloating>> tensors = new ArrayList<>();
    List<Operand<TFloating>> pieces = builder.split(0, flat, sizes);
    for (int i = 0; i < sizes.length; i++) {
      Slice slice = slices.get(i);
      tensors.add(
          slice.lengths().size() == 1
              ? pieces.get(i)
              : tf.reshape(pieces.get(i), tf.constant(slice.shape())));
    }
    Operand<TInt32> vector = tf.constant(new int[] {-1});
    return builder.withAdjoint(
        tensors,
        List.of(flat),
        cotangents ->
            List.of(
                builder.concat(
                    0,
                    cotangents.stream()
                        .<Operand<TFloating>>map(cotangent -> tf.reshape(cotangent, vector))
                        .toList())));
  }
}
