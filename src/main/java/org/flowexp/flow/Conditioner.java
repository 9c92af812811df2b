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
 * constant 0. Outside, numbers of one kind lie side by side, [·, batch], as couplings have their
 * coordinates and transformers want what steers them; within, each of the batch has a row, which
 * costs the products for the derivatives of kernels a fifth less. The first layer and the last turn
 * from the one to the other, by what their products are of.
 */
public final class Conditioner {
  private final Network network;
  private final List<Layer> layers = new ArrayList<>();

  private enum Place {
    /** [in, batch] → [batch, out]. */
    FIRST,
    /** [batch, in] → [batch, out]. */
    MIDDLE,
    /** [batch, in] → [out, batch]. */
    LAST
  }

  /**
   * One layer.
   *
   * @param kernel [in, out], but the last one's [out, in]
   */
  private record Layer(Place place, Slice kernel, Slice bias) {
    Operand<TFloating> of(Parameters parameters, Operand<TFloating> x) {
      var tf = parameters.builder().tf();
      Operand<TFloating> w = parameters.tensor(kernel);
      Operand<TFloating> b = parameters.tensor(bias);
      return switch (place) {
        case FIRST -> tf.math.add(tf.linalg.matMul(x, w, MatMul.transposeA(true)), b);
        case MIDDLE -> tf.math.add(tf.linalg.matMul(x, w), b);
        case LAST ->
            tf.math.add(
                tf.linalg.matMul(w, x, MatMul.transposeB(true)), tf.expandDims(b, tf.constant(1)));
      };
    }

    /** Argument, kernel and bias. */
    List<Operand<TFloating>> inputs(Parameters parameters, Operand<TFloating> x) {
      return List.of(x, parameters.tensor(kernel), parameters.tensor(bias));
    }

    /** What the {@link #inputs} feel. */
    List<Operand<TFloating>> felt(
        Parameters parameters, Operand<TFloating> x, Operand<TFloating> felt) {
      GraphBuilder builder = parameters.builder();
      var linalg = builder.tf().linalg;
      Operand<TFloating> w = parameters.tensor(kernel);
      return switch (place) {
        case FIRST ->
            List.of(
                linalg.matMul(w, felt, MatMul.transposeB(true)),
                linalg.matMul(x, felt),
                builder.sum(felt, 0));
        case MIDDLE ->
            List.of(
                linalg.matMul(felt, w, MatMul.transposeB(true)),
                linalg.matMul(x, felt, MatMul.transposeA(true)),
                builder.sum(felt, 0));
        case LAST ->
            List.of(
                linalg.matMul(felt, w, MatMul.transposeA(true)),
                linalg.matMul(felt, x),
                builder.sum(felt, 1));
      };
    }
  }

  /** Claims its parameters, [inputs] → [outputs]. */
  public Conditioner(
      ParameterLayout layout, String name, Network network, int inputs, int outputs) {
    this.network = network;
    int width = inputs;
    for (int next : network.hidden()) {
      Place place = layers.isEmpty() ? Place.FIRST : Place.MIDDLE;
      layers.add(layer(layout, name, place, width, next));
      width = next;
    }
    layers.add(layer(layout, name, Place.LAST, width, outputs));
  }

  private Layer layer(ParameterLayout layout, String name, Place place, int in, int out) {
    String kernel = name + "/kernel" + layers.size();
    return new Layer(
        place,
        switch (place) {
          case FIRST, MIDDLE -> layout.claim(kernel, network.activation().initializer(), in, out);
          case LAST -> layout.claim(kernel, Initializer.zeros(), out, in);
        },
        layout.claim(name + "/bias" + layers.size(), Initializer.zeros(), out));
  }

  /** [inputs, batch] → [outputs, batch]. */
  public Operand<TFloating> numbers(Parameters parameters, Operand<TFloating> x) {
    return of(parameters, x).numbers();
  }

  /** [inputs, batch] → outputs numbers of each of the batch. */
  Answer of(Parameters parameters, Operand<TFloating> x) {
    return new Answer(parameters, x);
  }

  /** What was computed on the way, for derivatives. */
  final class Answer {
    private final Parameters parameters;
    private final GraphBuilder builder;
    private final Ops tf;
    private final List<Hidden> passed = new ArrayList<>();
    private final Layer last = layers.get(layers.size() - 1);

    /** What the last layer sees: [batch, width]. */
    private final Operand<TFloating> seen;

    private final Operand<TFloating> value;

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
      Operand<TFloating> h = entered(x);
      for (int i = 0; i + 1 < layers.size(); i++) {
        Activation.Activated activated =
            network.activation().of(builder, layers.get(i).of(parameters, h));
        Operand<TFloating> image = activated.image();
        Hidden hidden = new Hidden(i, h, activated, isResidual(i) ? tf.math.add(h, image) : image);
        passed.add(hidden);
        h = differentiated(hidden, h);
      }
      this.seen = h;
      this.value = last.of(parameters, h);
    }

    /** [outputs, batch]. */
    Operand<TFloating> numbers() {
      return numbers(seen);
    }

    /** The same values, as a function of this x, which has the values of the first. */
    Operand<TFloating> again(Operand<TFloating> x) {
      Operand<TFloating> h = entered(x);
      for (Hidden hidden : passed) {
        h = differentiated(hidden, h);
      }
      return numbers(h);
    }

    // Without a hidden layer the last one is the first.
    private Operand<TFloating> entered(Operand<TFloating> x) {
      return layers.size() == 1 ? builder.transposed(x) : x;
    }

    private Operand<TFloating> numbers(Operand<TFloating> h) {
      return builder
          .withAdjoint(
              List.of(value),
              last.inputs(parameters, h),
              cotangents -> last.felt(parameters, seen, cotangents.get(0)))
          .get(0);
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
