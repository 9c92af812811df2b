package org.flowexp.flow;

import java.util.List;
import java.util.function.UnaryOperator;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.op.math.SigmoidGrad;
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
        Operand<TFloating> sigmoid = math.sigmoid(x);
        yield new Activated(
            of.times(x, sigmoid),
            felt -> of.times(felt, of.plus(sigmoid, timesSlope(builder, x, sigmoid))));
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

  /** x σ(1 − σ) by one operation, whose derivatives TensorFlow does not have. */
  private static Operand<TFloating> timesSlope(
      GraphBuilder builder, Operand<TFloating> x, Operand<TFloating> sigmoid) {
    Arithmetic of = new Arithmetic(builder);
    return builder
        .withAdjoint(
            List.of(SigmoidGrad.create(builder.tf().scope(), sigmoid, x)),
            List.of(x, sigmoid),
            cotangents -> {
              Operand<TFloating> felt = cotangents.get(0);
              return List.of(
                  of.times(felt, of.times(sigmoid, of.minus(1, sigmoid))),
                  of.times(felt, of.times(x, of.minus(1, of.times(2, sigmoid)))));
            })
        .get(0);
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
