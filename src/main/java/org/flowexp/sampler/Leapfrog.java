package org.flowexp.sampler;

import java.util.List;
import org.flowexp.energy.ReducedEnergy;
import org.flowexp.tensor.Gradients;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The leapfrog integrator of H = u(x)/T + p²/2, x = s·q with a scale s of each coordinate: it keeps
 * the volume of (x, p), and with the momenta reversed leads back (Duane et al., Phys. Lett. B 195,
 * 216 (1987)). A loop of the graph: an energy with its gradient has thousands of operations, which
 * are too many to unroll.
 *
 * @param rows of x
 * @param length steps
 */
record Leapfrog(GraphBuilder g, ReducedEnergy target, int rows, int length) {

  /**
   * A point of phase space.
   *
   * @param x [rows, dim]
   * @param p [rows, dim]
   * @param u of x, [rows]
   * @param slope of u at x, [rows, dim]
   */
  record Phase(
      Operand<TFloating> x, Operand<TFloating> p, Operand<TFloating> u, Operand<TFloating> slope) {}

  /**
   * The end of the trajectory.
   *
   * @param stride dt·s, [rows, dim]: how far x goes per p
   * @param kick dt·s/T, [rows, dim]: how much p gains per −∂u/∂x
   */
  Phase from(
      Operand<TFloating> x,
      Operand<TFloating> p,
      Operand<TFloating> stride,
      Operand<TFloating> kick) {
    Operand<TFloating> u = target.reduced(g, x);
    Operand<TFloating> slope = Gradients.of(g, u, x);
    List<Output<?>> end =
        g.tf()
            .statelessWhile(
                List.<Operand<?>>of(g.tf().constant(0), x, p, u, slope, stride, kick),
                condition(),
                body())
            .output();
    return new Phase(floating(end, 1), floating(end, 2), floating(end, 3), floating(end, 4));
  }

  @SuppressWarnings("unchecked") // as it went in
  private static Operand<TFloating> floating(List<Output<?>> outputs, int place) {
    return (Operand<TFloating>) (Operand<?>) outputs.get(place);
  }

  private ConcreteFunction condition() {
    try (GraphBuilder inner = new GraphBuilder(g.precision())) {
      State state = new State(inner, rows, target.dim());
      return state.function(
          inner,
          "unfinished",
          List.of(inner.tf().math.less(state.count, inner.tf().constant(length))));
    }
  }

  private ConcreteFunction body() {
    try (GraphBuilder inner = new GraphBuilder(g.precision())) {
      State state = new State(inner, rows, target.dim());
      Ops tf = inner.tf();
      Operand<TFloating> half = tf.math.mul(state.kick, inner.constant(0.5));
      Operand<TFloating> middle = tf.math.sub(state.p, tf.math.mul(half, state.slope));
      Operand<TFloating> x = tf.math.add(state.x, tf.math.mul(state.stride, middle));
      Operand<TFloating> u = target.reduced(inner, x);
      Operand<TFloating> slope = Gradients.of(inner, u, x);
      Operand<TFloating> p = tf.math.sub(middle, tf.math.mul(half, slope));
      Operand<TInt32> next = tf.math.add(state.count, tf.constant(1));
      return state.function(
          inner,
          "leap",
          List.of(next, x, p, u, slope, tf.identity(state.stride), tf.identity(state.kick)));
    }
  }

  /** What goes round in the loop. */
  private static final class State {
    final Operand<TInt32> count;
    final Operand<TFloating> x;
    final Operand<TFloating> p;
    final Operand<TFloating> u;
    final Operand<TFloating> slope;
    final Operand<TFloating> stride;
    final Operand<TFloating> kick;

    State(GraphBuilder inner, int rows, int dim) {
      count = inner.tf().placeholder(TInt32.class);
      x = inner.placeholder(rows, dim);
      p = inner.placeholder(rows, dim);
      u = inner.placeholder(rows);
      slope = inner.placeholder(rows, dim);
      stride = inner.placeholder(rows, dim);
      kick = inner.placeholder(rows, dim);
    }

    ConcreteFunction function(GraphBuilder inner, String name, List<Operand<?>> outputs) {
      Signature.Builder signature = Signature.builder(name);
      int place = 0;
      List<Operand<?>> inputs = List.of(count, x, p, u, slope, stride, kick);
      for (Operand<?> input : inputs) {
        signature.input("in" + place++, input);
      }
      for (Operand<?> output : outputs) {
        signature.output("out" + place++, output);
      }
      return ConcreteFunction.create(signature.build(), inner.graph());
    }
  }
}
