package org.flowexp.flow;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * One bijection after the other.
 *
 * @param parts at least one; the first is next to the latent
 */
public record Chain(List<Bijection> parts) implements Bijection {
  /** Checks that the dimensions meet. */
  public Chain {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("an empty chain");
    }
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i).latentDim() != parts.get(i - 1).dim()) {
        throw new IllegalArgumentException("part " + i + " does not fit the part before it");
      }
    }
  }

  @Override
  public int dim() {
    return parts.get(parts.size() - 1).dim();
  }

  @Override
  public int latentDim() {
    return parts.get(0).latentDim();
  }

  @Override
  public Mapped forward(Parameters parameters, Operand<TFloating> z) {
    List<Operand<TFloating>> logDets = new ArrayList<>();
    Operand<TFloating> value = z;
    for (Bijection part : parts) {
      Mapped mapped = part.forward(parameters, value);
      value = mapped.value();
      logDets.add(mapped.logDet());
    }
    return new Mapped(value, total(parameters.builder(), logDets));
  }

  @Override
  public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
    List<Operand<TFloating>> logDets = new ArrayList<>();
    Operand<TFloating> value = x;
    for (int i = parts.size() - 1; i >= 0; i--) {
      Mapped mapped = parts.get(i).inverse(parameters, value);
      value = mapped.value();
      logDets.add(mapped.logDet());
    }
    return new Mapped(value, total(parameters.builder(), logDets));
  }

  private static Operand<TFloating> total(GraphBuilder builder, List<Operand<TFloating>> logDets) {
    return logDets.size() == 1 ? logDets.get(0) : builder.tf().math.addN(logDets);
  }
}
