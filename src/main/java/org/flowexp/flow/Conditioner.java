package org.flowexp.flow;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Initializer;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Slice;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A {@link Network} with its parameters. The last layer starts at zero, so it starts as the
 * constant 0.
 */
final class Conditioner {
  private final Network network;
  private final List<Layer> layers = new ArrayList<>();

  private record Layer(Slice kernel, Slice bias) {
    Operand<TFloating> of(Parameters parameters, Operand<TFloating> x) {
      var tf = parameters.builder().tf();
      return tf.math.add(tf.linalg.matMul(x, parameters.tensor(kernel)), parameters.tensor(bias));
    }

    /** Argument, kernel and bias. */
    List<Operand<TFloating>> inputs(Parameters parameters, Operand<TFloating> x) {
      return List.of(x, parameters.tensor(kernel), parameters.tensor(bias));
    }

    /** What the {@link #inputs} feel. */
    List<Operand<TFloating>> felt(
        Parameters parameters, Operand<TFloating> x, Operand<TFloating> felt) {
      var linalg = parameters.builder().tf().linalg;
      return List.of(
          linalg.matMul(felt, parameters.tensor(kernel), MatMul.transposeB(true)),
          linalg.matMul(x, felt, MatMul.transposeA(true)),
          parameters.builder().sum(felt, 0));
    }
  }

  Conditioner(ParameterLayout layout, String name, Network network, int inputs, int outputs) {
    this.network = network;
    int width = inputs;
    for (int next : network.hidden()) {
      layers.add(layer(layout, name, network.activation().initializer(), width, next));
      width = next;
    }
    layers.add(layer(layout, name, Initializer.zeros(), width, outputs));
  }

  private Layer layer(ParameterLayout layout, String name, Initializer start, int in, int out) {
    int number = layers.size();
    return new Layer(
        layout.claim(name + "/kernel" + number, start, in, out),
        layout.claim(name + "/bias" + number, Initializer.zeros(), out));
  }

  /** [batch, inputs] → outputs numbers a row. */
  Steering of(Parameters parameters, Operand<TFloating> x) {
    Operand<TFloating> h = x;
    for (int i = 0; i + 1 < layers.size(); i++) {
      h = hidden(parameters, h, i);
    }
    return new LastLayer(parameters, h, layers.get(layers.size() - 1));
  }

  private Operand<TFloating> hidden(Parameters parameters, Operand<TFloating> x, int number) {
    GraphBuilder builder = parameters.builder();
    var math = builder.tf().math;
    Layer layer = layers.get(number);
    boolean residual = isResidual(number);
    Activation.Activated activated = network.activation().of(builder, layer.of(parameters, x));
    return builder
        .withAdjoint(
            List.of(residual ? math.add(x, activated.image()) : activated.image()),
            layer.inputs(parameters, x),
            cotangents -> {
              Operand<TFloating> felt = cotangents.get(0);
              List<Operand<TFloating>> all =
                  layer.felt(parameters, x, activated.adjoint().apply(felt));
              return residual ? List.of(math.add(felt, all.get(0)), all.get(1), all.get(2)) : all;
            })
        .get(0);
  }

  /**
   * The last layer, in either layout.
   *
   * @param h [batch, width]
   */
  private record LastLayer(Parameters parameters, Operand<TFloating> h, Layer layer)
      implements Steering {
    @Override
    public Operand<TFloating> byRow() {
      return parameters
          .builder()
          .withAdjoint(
              List.of(layer.of(parameters, h)),
              layer.inputs(parameters, h),
              cotangents -> layer.felt(parameters, h, cotangents.get(0)))
          .get(0);
    }

    // The kernel is turned, not what it gives, which is much larger.
    @Override
    public Operand<TFloating> byNumber(int[] order) {
      GraphBuilder builder = parameters.builder();
      Ops tf = builder.tf();
      Operand<TFloating> kernel = parameters.tensor(layer.kernel);
      Operand<TFloating> bias = parameters.tensor(layer.bias);
      Operand<TInt32> turned = tf.array(1, 0);
      Operand<TInt32> first = tf.constant(0);
      Operand<TInt32> forth = tf.constant(order);
      Operand<TInt32> back = tf.constant(Permutation.inverse(order));
      Operand<TFloating> rows = tf.gather(tf.linalg.transpose(kernel, turned), forth, first);
      Operand<TFloating> numbers =
          tf.math.add(
              tf.linalg.matMul(rows, h, MatMul.transposeB(true)),
              tf.expandDims(tf.gather(bias, forth, first), tf.constant(1)));
      return builder
          .withAdjoint(
              List.of(numbers),
              layer.inputs(parameters, h),
              cotangents -> {
                Operand<TFloating> felt = cotangents.get(0);
                return List.of(
                    tf.linalg.matMul(felt, rows, MatMul.transposeA(true)),
                    tf.linalg.transpose(tf.gather(tf.linalg.matMul(felt, h), back, first), turned),
                    tf.gather(builder.sum(felt, 1), back, first));
              })
          .get(0);
    }
  }

  private boolean isResidual(int i) {
    return network.connection() == Network.Connection.RESIDUAL
        && i > 0
        && network.hidden().get(i).equals(network.hidden().get(i - 1));
  }
}
