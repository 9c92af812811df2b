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

  /**
   * How the kernel before it starts. The first layer of a conditioner has few inputs, and variance
   * 2/in (He) or 1/in (LeCun) makes it wiggle between the data of a small set:
   * experiments/README.md has the figures for SiLU.
   */
  Initializer initializer() {
    return switch (this) {
      case RELU, SOFTPLUS -> Initializer.he();
      case SILU, TANH -> Initializer.glorot();
    };
  }
}
