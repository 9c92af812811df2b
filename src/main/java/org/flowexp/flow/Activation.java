package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** What follows a hidden layer. */
public enum Activation {
  /** x · sigmoid(x): smooth, the default of the recipes. */
  SILU,
  /** Hyperbolic tangent. */
  TANH,
  /** max(x, 0): the density has kinks. */
  RELU,
  /** log(1 + eˣ). */
  SOFTPLUS;

  Operand<TFloating> of(GraphBuilder builder, Operand<TFloating> x) {
    return switch (this) {
      case SILU -> builder.silu(x);
      case TANH -> builder.tf().math.tanh(x);
      case RELU -> builder.tf().nn.relu(x);
      case SOFTPLUS -> builder.tf().math.softplus(x);
    };
  }

  Initializer initializer() {
    return switch (this) {
      case SILU, RELU, SOFTPLUS -> Initializer.he();
      case TANH -> Initializer.glorot();
    };
  }
}
