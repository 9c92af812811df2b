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
    GraphBuilder builder = parameters.builder();
    List<Operand<TFloating>> logDets = new ArrayList<>();
    Coordinates value = new Coordinates.Whole(z);
    for (Bijection part : parts) {
      Coordinates.Moved moved =
          part instanceof Coupling coupling
              ? coupling.forward(parameters, value)
              : whole(part.forward(parameters, value.joined(builder)));
      value = moved.value();
      logDets.add(moved.logDet());
    }
    return new Mapped(value.joined(builder), total(builder, logDets));
  }

  @Override
  public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
    GraphBuilder builder = parameters.builder();
    List<Operand<TFloating>> logDets = new ArrayList<>();
    Coordinates value = new Coordinates.Whole(x);
    for (int i = parts.size() - 1; i >= 0; i--) {
      Coordinates.Moved moved =
          parts.get(i) instanceof Coupling coupling
              ? coupling.inverse(parameters, value)
              : whole(parts.get(i).inverse(parameters, value.joined(builder)));
      value = moved.value();
      logDets.add(moved.logDet());
    }
    return new Mapped(value.joined(builder), total(builder, logDets));
  }

  @Override
  public Traced traced(Parameters parameters, Operand<TFloating> z) {
    GraphBuilder builder = parameters.builder();
    List<Operand<TFloating>> logDets = new ArrayList<>();
    List<Coupling.Back> backs = new ArrayList<>();
    Coordinates value = new Coordinates.Whole(z);
    for (Bijection part : parts) {
      Coupling.Walked walked =
          part instanceof Coupling coupling
              ? coupling.walked(parameters, value)
              : walked(builder, part.traced(parameters, value.joined(builder)));
      value = walked.moved().value();
      logDets.add(walked.moved().logDet());
      backs.add(walked.back());
    }
    return new Traced(
        new Mapped(value.joined(builder), total(builder, logDets)),
        x -> {
          List<Operand<TFloating>> inverse = new ArrayList<>();
          Coordinates at = new Coordinates.Whole(x);
          for (int i = backs.size() - 1; i >= 0; i--) {
            Coordinates.Moved moved = backs.get(i).at(at);
            at = moved.value();
            inverse.add(moved.logDet());
          }
          return new Mapped(at.joined(builder), total(builder, inverse));
        });
  }

  private static Coupling.Walked walked(GraphBuilder builder, Traced traced) {
    return new Coupling.Walked(
        whole(traced.mapped()), x -> whole(traced.back().at(x.joined(builder))));
  }

  private static Coordinates.Moved whole(Mapped mapped) {
    return new Coordinates.Moved(new Coordinates.Whole(mapped.value()), mapped.logDet());
  }

  private static Operand<TFloating> total(GraphBuilder builder, List<Operand<TFloating>> logDets) {
    return logDets.size() == 1 ? logDets.get(0) : builder.tf().math.addN(logDets);
  }
}
