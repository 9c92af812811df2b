package org.flowexp.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Reordering;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The last layer of a conditioner, in the layout that is asked for. */
final class LastLayer {
  private final Parameters parameters;
  private final GraphBuilder builder;
  private final Ops tf;
  private final Conditioner.Layer layer;

  /** What it is computed from: [batch, width]. */
  final Operand<TFloating> h;

  private final List<Turned> turned = new ArrayList<>();
  private Optional<Operand<TFloating>> rows = Optional.empty();

  /**
   * Computed by number.
   *
   * @param rows of the kernel, in that order [numbers, width]
   * @param numbers [numbers, batch]
   */
  private record Turned(List<Integer> order, Operand<TFloating> rows, Operand<TFloating> numbers) {}

  LastLayer(Parameters parameters, Operand<TFloating> h, Conditioner.Layer layer) {
    this.parameters = parameters;
    this.builder = parameters.builder();
    this.tf = builder.tf();
    this.h = h;
    this.layer = layer;
  }

  /**
   * Its numbers as a function of this argument.
   *
   * @param argument has the values of h
   */
  Steering of(Operand<TFloating> argument) {
    return new Steering() {
      @Override
      public Operand<TFloating> byRow() {
        if (rows.isEmpty()) {
          rows = Optional.of(layer.of(parameters, h));
        }
        return builder
            .withAdjoint(
                List.of(rows.get()),
                layer.inputs(parameters, argument),
                cotangents -> layer.felt(parameters, h, cotangents.get(0)))
            .get(0);
      }

      @Override
      public Operand<TFloating> byNumber(int[] order) {
        return differentiated(turned(order), argument);
      }
    };
  }

  // The kernel is turned, not what it gives, which is much larger.
  private Turned turned(int[] order) {
    List<Integer> wanted = Arrays.stream(order).boxed().toList();
    for (Turned known : turned) {
      if (known.order.equals(wanted)) {
        return known;
      }
    }
    Operand<TInt32> forth = tf.constant(order);
    Operand<TInt32> first = tf.constant(0);
    Operand<TFloating> rows =
        tf.gather(transposed(parameters.tensor(layer.kernel())), forth, first);
    Operand<TFloating> bias = tf.gather(parameters.tensor(layer.bias()), forth, first);
    Operand<TFloating> numbers =
        tf.math.add(
            tf.linalg.matMul(rows, h, MatMul.transposeB(true)),
            tf.expandDims(bias, tf.constant(1)));
    Turned made = new Turned(wanted, rows, numbers);
    turned.add(made);
    return made;
  }

  private Operand<TFloating> differentiated(Turned known, Operand<TFloating> argument) {
    int[] order = known.order.stream().mapToInt(Integer::intValue).toArray();
    return builder
        .withAdjoint(
            List.of(known.numbers),
            layer.inputs(parameters, argument),
            cotangents -> {
              Operand<TFloating> felt = cotangents.get(0);
              Operand<TInt32> back = tf.constant(Reordering.inverse(order));
              Operand<TInt32> first = tf.constant(0);
              return List.of(
                  tf.linalg.matMul(felt, known.rows, MatMul.transposeA(true)),
                  transposed(tf.gather(tf.linalg.matMul(felt, h), back, first)),
                  tf.gather(builder.sum(felt, 1), back, first));
            })
        .get(0);
  }

  private Operand<TFloating> transposed(Operand<TFloating> matrix) {
    return tf.linalg.transpose(matrix, tf.array(1, 0));
  }
}
