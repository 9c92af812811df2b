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
import org.tensorflow.types.family.TFloating;

/**
 * A {@link Network} with its parameters. The last layer starts at zero, so it starts as the
 * constant 0.
 */
public final class Conditioner {
  private final Network network;
  private final List<Layer> layers = new ArrayList<>();

  record Layer(Slice kernel, Slice bias) {
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
  public Operand<TFloating> numbers(Parameters parameters, Operand<TFloating> x) {
    return layers.get(layers.size() - 1).of(parameters, of(parameters, x).last.h);
  }

  /** [batch, inputs] → outputs numbers a row. */
  Answer of(Parameters parameters, Operand<TFloating> x) {
    return new Answer(parameters, x);
  }

  /** What was computed on the way, for derivatives. */
  final class Answer {
    private final Parameters parameters;
    private final GraphBuilder builder;
    private final Ops tf;
    private final List<Hidden> passed = new ArrayList<>();
    private final LastLayer last;

    /**
     * A hidden layer.
     *
     * @param x its argument
     * @param value what it gave, residual connection included
     */
    private record Hidden(
        int number,
        Operand<TFloating> x,
        Activation.Activated activated,
        Operand<TFloating> value) {}

    private Answer(Parameters parameters, Operand<TFloating> x) {
      this.parameters = parameters;
      this.builder = parameters.builder();
      this.tf = builder.tf();
      Operand<TFloating> h = x;
      for (int i = 0; i + 1 < layers.size(); i++) {
        Activation.Activated activated =
            network.activation().of(builder, layers.get(i).of(parameters, h));
        Operand<TFloating> image = activated.image();
        Hidden hidden = new Hidden(i, h, activated, isResidual(i) ? tf.math.add(h, image) : image);
        passed.add(hidden);
        h = differentiated(hidden, h);
      }
      this.last = new LastLayer(parameters, h, layers.get(layers.size() - 1));
    }

    Steering steering() {
      return last.of(last.h);
    }

    /** The same values, as a function of this x, which has the values of the first. */
    Steering again(Operand<TFloating> x) {
      Operand<TFloating> h = x;
      for (Hidden hidden : passed) {
        h = differentiated(hidden, h);
      }
      return last.of(h);
    }

    private Operand<TFloating> differentiated(Hidden hidden, Operand<TFloating> x) {
      Layer layer = layers.get(hidden.number);
      return builder
          .withAdjoint(
              List.of(hidden.value),
              layer.inputs(parameters, x),
              cotangents -> {
                Operand<TFloating> felt = cotangents.get(0);
                List<Operand<TFloating>> all =
                    layer.felt(parameters, hidden.x, hidden.activated.adjoint().apply(felt));
                return isResidual(hidden.number)
                    ? List.of(tf.math.add(felt, all.get(0)), all.get(1), all.get(2))
                    : all;
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
