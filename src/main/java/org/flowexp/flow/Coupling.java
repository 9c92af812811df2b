package org.flowexp.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.flowexp.tensor.ParameterLayout;
import org.flowexp.tensor.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Transforms the masked coordinates by numbers computed from the others, which stay: Dinh,
 * Sohl-Dickstein, Bengio (2017), §3.2. The Jacobian is triangular, so log|det| is the
 * transformer's.
 */
public final class Coupling implements Bijection {
  private final Mask mask;
  private final Transformer transformer;
  private final Features features;
  private final Conditioner conditioner;

  /**
   * Claims the conditioner's parameters.
   *
   * @param name unique in the layout
   * @param circular one flag a coordinate: of the angles among those that stay, the network sees
   *     cosine and sine, so that the density is periodic
   */
  public Coupling(
      ParameterLayout layout,
      String name,
      Mask mask,
      List<Boolean> circular,
      Network network,
      Transformer transformer) {
    this.mask = mask;
    this.transformer = transformer;
    this.features = Features.of(mask, circular);
    this.conditioner =
        new Conditioner(
            layout,
            name,
            network,
            features.count(),
            mask.count() * transformer.numbersPerCoordinate());
  }

  /** With coordinates that are all angles if the transformer is circular, else all on the line. */
  public Coupling(
      ParameterLayout layout, String name, Mask mask, Network network, Transformer transformer) {
    this(
        layout,
        name,
        mask,
        Collections.nCopies(mask.dim(), transformer.isCircular()),
        network,
        transformer);
  }

  /**
   * Couplings whose masks alternate so that the part kept in one is transformed in the next (Dinh
   * et al. 2017, §3.5): first the upper half, given the lower.
   *
   * @param name unique in the layout; a layer appends its number
   * @param count the number of couplings, at least 1
   */
  public static Chain alternating(
      ParameterLayout layout,
      String name,
      int dim,
      int count,
      Network network,
      Transformer transformer) {
    Mask mask = Mask.range(dim, (dim + 1) / 2, dim);
    List<Bijection> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      layers.add(new Coupling(layout, name + i, mask, network, transformer));
      mask = mask.complement();
    }
    return new Chain(layers);
  }

  @Override
  public int dim() {
    return mask.dim();
  }

  @Override
  public Mapped forward(Parameters parameters, Operand<TFloating> z) {
    return joined(parameters, forward(parameters, new Coordinates.Whole(z)));
  }

  @Override
  public Mapped inverse(Parameters parameters, Operand<TFloating> x) {
    return joined(parameters, inverse(parameters, new Coordinates.Whole(x)));
  }

  Coordinates.Moved forward(Parameters parameters, Coordinates z) {
    GraphBuilder builder = parameters.builder();
    Mask.Parts parts = z.split(builder, mask);
    Operand<TFloating> raw = conditioner.numbers(parameters, features.of(builder, parts.kept()));
    return apart(parts, transformer.forward(builder, parts.changed(), raw));
  }

  /** The way back through a coupling, as {@link Traced#back}. */
  interface Back {
    Coordinates.Moved at(Coordinates x);
  }

  /** A forward pass that remembers its way. */
  record Walked(Coordinates.Moved moved, Back back) {}

  @Override
  public Traced traced(Parameters parameters, Operand<TFloating> z) {
    Walked walked = walked(parameters, new Coordinates.Whole(z));
    return new Traced(
        joined(parameters, walked.moved),
        x -> joined(parameters, walked.back.at(new Coordinates.Whole(x))));
  }

  // What stays is the same on both sides, so the conditioner need not be asked twice.
  Walked walked(Parameters parameters, Coordinates z) {
    GraphBuilder builder = parameters.builder();
    Mask.Parts parts = z.split(builder, mask);
    Conditioner.Answer answer = conditioner.of(parameters, features.of(builder, parts.kept()));
    Transformer.Steered steered = transformer.steered(builder, parts.changed(), answer.numbers());
    return new Walked(
        apart(parts, steered.mapped()),
        x -> {
          Mask.Parts again = x.split(builder, mask);
          Operand<TFloating> raw = answer.again(features.of(builder, again.kept()));
          return apart(again, steered.back().at(again.changed(), raw));
        });
  }

  Coordinates.Moved inverse(Parameters parameters, Coordinates x) {
    GraphBuilder builder = parameters.builder();
    Mask.Parts parts = x.split(builder, mask);
    Operand<TFloating> raw = conditioner.numbers(parameters, features.of(builder, parts.kept()));
    return apart(parts, transformer.inverse(builder, parts.changed(), raw));
  }

  private Coordinates.Moved apart(Mask.Parts parts, Mapped changed) {
    return new Coordinates.Moved(
        new Coordinates.Apart(mask, new Mask.Parts(parts.kept(), changed.value())),
        changed.logDet());
  }

  private static Mapped joined(Parameters parameters, Coordinates.Moved moved) {
    return new Mapped(moved.value().joined(parameters.builder()), moved.logDet());
  }
}
