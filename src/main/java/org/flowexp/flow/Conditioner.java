package org.flowexp.flow;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.tensor.Initializer;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.flowexp.tensor.Slice;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A {@link Network} with its parameters. The last layer starts at zero, so it starts as the
 * constant 0.
 */
public final class Conditioner {
  private final Network network;
  private final List<Layer> layers = new ArrayList<>();

  private record Layer(Slice kernel, Slice bias) {
    Operand<TFloating> of(Parameters parameters, Operand<TFloating> x) {
      var tf = parameters.builder().tf();
      return tf.math.add(tf.linalg.matMul(x, parameters.tensor(kernel)), parameters.tensor(bias));
    }
  }

  /** Claims its parameters, [inputs] → [outputs]. */
  public Conditioner(
      ParameterLayout layout, String name, Network network, int inputs, int outputs) {
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

  /** [batch, inputs] → [batch, outputs]. */
  public Operand<TFloating> of(Parameters parameters, Operand<TFloating> x) {
    var builder = parameters.builder();
    Operand<TFloating> h = x;
    for (int i = 0; i + 1 < layers.size(); i++) {
      Operand<TFloating> next = network.activation().of(builder, layers.get(i).of(parameters, h));
      h = isResidual(i) ? builder.tf().math.add(h, next) : next;
    }
    return layers.get(layers.size() - 1).of(parameters, h);
  }

  private boolean isResidual(int i) {
    return network.connection() == Network.Connection.RESIDUAL
        && i > 0
        && network.hidden().get(i).equals(network.hidden().get(i - 1));
  }
}
