package org.flowexp.density;

import org.flowexp.flow.Bijection;
import org.flowexp.flow.Chain;
import org.flowexp.flow.Completion;
import org.flowexp.flow.Mapped;
import org.flowexp.flow.Traced;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The density of x = G(z), z from a base: log p_G(x) = log q(z) − log|det ∂G/∂z|.
 *
 * @param base of dimension {@code flow.latentDim()}
 * @param flow G
 */
public record Pushforward(BaseDensity base, Bijection flow) {
  /** Checks the dimensions. */
  public Pushforward {
    if (base.dim() != flow.latentDim()) {
      throw new IllegalArgumentException(
          "a base of dimension " + base.dim() + " for latents of dimension " + flow.latentDim());
    }
  }

  /**
   * Samples with their density, differentiable as functions of the parameters at fixed latents.
   *
   * @param z latents [count, latentDim]
   * @param x configurations [count, dim]
   * @param logDensity log p_G(x), from the forward pass [count]
   */
  public record Sample(Operand<TFloating> z, Operand<TFloating> x, Operand<TFloating> logDensity) {}

  /**
   * The density at given configurations, differentiable as a function of the parameters at fixed x.
   *
   * @param z the latents found [batch, latentDim]
   * @param logDensity log p_G(x), through the inverse [batch]
   */
  public record Evaluation(Operand<TFloating> z, Operand<TFloating> logDensity) {}

  /** Draws; a pure function of key, count and parameters. */
  public Sample sample(Parameters parameters, Operand<TInt64> key, Operand<TInt32> count) {
    return image(parameters, base.sample(parameters.builder(), key, count));
  }

  /** The image of given latents [batch, latentDim]. */
  public Sample image(Parameters parameters, Operand<TFloating> z) {
    Ops tf = parameters.builder().tf();
    Mapped mapped = flow.forward(parameters, z);
    return new Sample(
        z, mapped.value(), tf.math.sub(base.logDensity(parameters.builder(), z), mapped.logDet()));
  }

  /**
   * Configurations [batch, dim] as the flow has them: coordinates without a density of their own
   * where its last layer puts them. Unchanged by any other flow.
   */
  public Operand<TFloating> completed(Parameters parameters, Operand<TFloating> x) {
    return flow instanceof Chain chain
            && chain.parts().get(chain.parts().size() - 1) instanceof Completion last
        ? last.completed(parameters, x)
        : x;
  }

  /**
   * Draws, and evaluates at what was drawn, which is detached: one pass forward does for both.
   *
   * @param x configurations, without derivatives [count, dim]
   * @param evaluation the density there, differentiable as a function of the parameters at fixed x
   */
  public record Drawn(Operand<TFloating> x, Evaluation evaluation) {}

  /** Draws; a pure function of key, count and parameters. */
  public Drawn drawn(Parameters parameters, Operand<TInt64> key, Operand<TInt32> count) {
    GraphBuilder builder = parameters.builder();
    Traced traced = flow.traced(parameters, base.sample(builder, key, count));
    Operand<TFloating> x = builder.tf().stopGradient(traced.mapped().value());
    return new Drawn(x, evaluation(builder, traced.back().at(x)));
  }

  /** Evaluates at x [batch, dim]. */
  public Evaluation logDensity(Parameters parameters, Operand<TFloating> x) {
    return evaluation(parameters.builder(), flow.inverse(parameters, x));
  }

  private Evaluation evaluation(GraphBuilder builder, Mapped inverse) {
    return new Evaluation(
        inverse.value(),
        builder.tf().math.add(base.logDensity(builder, inverse.value()), inverse.logDet()));
  }
}
