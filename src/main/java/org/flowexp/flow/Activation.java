package org.flowexp.flow;

import java.util.function.UnaryOperator;
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

  /**
   * What it gives.
   *
   * @param image of each number
   * @param adjoint what the argument feels, of what the image feels
   */
  record Activated(Operand<TFloating> image, UnaryOperator<Operand<TFloating>> adjoint) {}

  Activated of(GraphBuilder builder, Operand<TFloating> x) {
    Arithmetic of = new Arithmetic(builder);
    var math = builder.tf().math;
    return switch (this) {
      case SILU -> {
        // σ' = σ(1 − σ), so (xσ)' = σ + xσ − xσ σ; a subtraction from 1 costs four of these.
        Operand<TFloating> sigmoid = math.sigmoid(x);
        Operand<TFloating> image = of.times(x, sigmoid);
        yield new Activated(
            image,
            felt -> of.times(felt, of.minus(of.plus(sigmoid, image), of.times(image, sigmoid))));
      }
      case TANH -> {
        Operand<TFloating> image = math.tanh(x);
        yield new Activated(image, felt -> of.times(felt, of.minus(1, of.square(image))));
      }
      case RELU -> {
        Operand<TFloating> image = builder.tf().nn.relu(x);
        yield new Activated(
            image,
            felt ->
                of.times(
                    felt,
                    builder
                        .tf()
                        .dtypes
                        .cast(
                            math.greater(image, builder.constant(0)), builder.precision().type())));
      }
      case SOFTPLUS -> new Activated(math.softplus(x), felt -> of.times(felt, math.sigmoid(x)));
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
