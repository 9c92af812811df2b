package org.flowexp.check;

import java.util.Optional;
import org.flowexp.catalog.CoordinateKinds;
import org.flowexp.catalog.CoordinateMask;
import org.flowexp.catalog.Joint;
import org.flowexp.catalog.Part;
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
  Optional<CoordinateKinds> base(Part base) {
    return made(base, 0).map(joint -> joint.after(CoordinateKinds.linear(0)));
  }

  /** Whether each layer can follow what is before it. */
  boolean fits(CoordinateKinds base, Value.Flow flow) {
    CoordinateKinds kinds = base;
    int number = 0;
    for (Part layer : flow.layers()) {
      number++;
      Optional<Diagnostic> mistake = mask(layer, kinds.dim());
      if (mistake.isEmpty()) {
        mistake = data(layer, kinds.dim());
      }
      Optional<Joint> joint = mistake.isEmpty() ? made(layer, number) : Optional.empty();
      if (mistake.isEmpty() && joint.isPresent()) {
        int place = number;
        mistake =
            joint
                .get()
                .objection(kinds)
                .map(why -> CompositionErrors.doesNotFit(layer.name(), place, why, span));
      }
      mistake.ifPresent(elaboration.diagnostics()::add);
      if (mistake.isPresent() || joint.isEmpty()) {
        return false;
      }
      kinds = joint.get().after(kinds);
    }
    return true;
  }

  private Optional<Diagnostic> mask(Part layer, int dim) {
    if (!(layer.arguments().values().get("mask") instanceof CoordinateMask mask)) {
      return Optional.empty();
    }
    int selected = 0;
    for (boolean one : mask.of(dim)) {
      selected += one ? 1 : 0;
    }
    return selected == 0 || selected == dim
        ? Optional.of(CompositionErrors.maskSelects(selected == 0 ? "none" : "all", dim, span))
        : Optional.empty();
  }

  private Optional<Diagnostic> data(Part layer, int dim) {
    return layer.arguments().values().values().stream()
        .filter(DataSource.class::isInstance)
        .map(DataSource.class::cast)
        .filter(source -> source.dim() != dim)
        .findFirst()
        .map(
            source ->
                CompositionErrors.dataOfOtherSystem(
                    "the data of `" + layer.name() + "`", source.dim(), dim, span));
  }

  /** Parts refuse arguments that contradict each other; numbers out of range never come here. */
  private Optional<Joint> made(Part part, int number) {
    try {
      return Optional.of(part.create(Joint.class));
    } catch (IllegalArgumentException contradiction) {
      elaboration
          .diagnostics()
          .add(CompositionErrors.doesNotFit(part.name(), number, contradiction.getMessage(), span));
      return Optional.empty();
    }
  }
}
