package org.flowexp.check;

import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Joint;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.model.DataSource;
import org.flowexp.source.Span;

/** Follows the coordinates of an architecture from its base through each layer. */
final class JointCheck {
  private final Elaboration elaboration;
  private final Span span;

  /**
   * @param span of the architecture
   */
  JointCheck(Elaboration elaboration, Span span) {
    this.elaboration = elaboration;
    this.span = span;
  }

  /** The coordinates that the base makes. */
  Optional<CoordinateKinds> base(Value.Layer base) {
    CoordinateKinds nothing = CoordinateKinds.linear(0);
    Joint joint = base.part().joint();
    Optional<Diagnostic> mistake =
        joint
            .objection(nothing)
            .map(why -> CompositionErrors.doesNotFit(base.part().name(), 0, why, base.span()));
    mistake.ifPresent(this::report);
    return mistake.isEmpty() ? Optional.of(joint.after(nothing)) : Optional.empty();
  }

  /** The coordinates after all layers, if each can follow what is before it. */
  Optional<CoordinateKinds> fits(CoordinateKinds base, Value.Flow flow) {
    CoordinateKinds kinds = base;
    int number = 0;
    Optional<String> last = Optional.empty();
    for (Value.Layer layer : flow.layers()) {
      Joint joint = layer.part().joint();
      Optional<Diagnostic> mistake = mistake(layer, ++number, joint, kinds);
      if (last.isPresent()) {
        String why = "nothing can follow `" + last.get() + "`, whose atoms have no density";
        mistake =
            Optional.of(
                CompositionErrors.doesNotFit(layer.part().name(), number, why, layer.span()));
      }
      last = joint.isLast() ? Optional.of(layer.part().name()) : Optional.empty();
      if (mistake.isPresent()) {
        report(mistake.get());
        return Optional.empty();
      }
      kinds = joint.after(kinds);
    }
    return Optional.of(kinds);
  }

  private static Optional<Diagnostic> mistake(
      Value.Layer layer, int number, Joint joint, CoordinateKinds before) {
    return mask(layer, before.dim())
        .or(
            () ->
                joint
                    .objection(before)
                    .map(
                        why ->
                            CompositionErrors.doesNotFit(
                                layer.part().name(), number, why, layer.span())))
        .or(() -> data(layer, joint.rowDim(before)));
  }

  /** The mistake shows where two things meet: at the layer, and in the experiment that uses it. */
  private void report(Diagnostic mistake) {
    elaboration.diagnostics().add(mistake.also(span, "the architecture of this experiment"));
  }

  private static Optional<Diagnostic> mask(Value.Layer layer, int dim) {
    if (!(layer.part().arguments().values().get("mask") instanceof CoordinateMask mask)) {
      return Optional.empty();
    }
    int selected = 0;
    for (boolean one : mask.of(dim)) {
      selected += one ? 1 : 0;
    }
    return selected == 0 || selected == dim
        ? Optional.of(
            CompositionErrors.maskSelects(selected == 0 ? "none" : "all", dim, layer.span()))
        : Optional.empty();
  }

  private static Optional<Diagnostic> data(Value.Layer layer, int dim) {
    return layer.part().arguments().values().values().stream()
        .filter(DataSource.class::isInstance)
        .map(DataSource.class::cast)
        .filter(source -> source.dim() != dim)
        .findFirst()
        .map(
            source ->
                CompositionErrors.dataOfOtherSystem(
                    "the data of `" + layer.part().name() + "`", source.dim(), dim, layer.span()));
  }
}
