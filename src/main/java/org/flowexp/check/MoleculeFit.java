package org.flowexp.check;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.expression.Formula;
import org.flowexp.expression.Formulas;
import org.flowexp.expression.Readings;
import org.flowexp.model.Source;
import org.flowexp.model.SystemModel;
import org.flowexp.source.Span;

/** Whether formulas and losses suit the molecule whose samples they see. */
final class MoleculeFit {
  private MoleculeFit() {}

  /**
   * What is measured must be between atoms of the samples.
   *
   * @param width numbers of a sample
   */
  static Optional<Diagnostic> measures(Formula formula, int width, String what, Span span) {
    AtomicReference<Formula.Measured> stranger = new AtomicReference<>();
    boolean strange =
        Formulas.contains(
            formula,
            part -> {
              boolean other = part instanceof Formula.Measured m && 3 * m.count() != width;
              if (other) {
                stranger.set((Formula.Measured) part);
              }
              return other;
            });
    return strange
        ? Optional.of(
            MoleculeErrors.measuresOthers(what, stranger.get().count(), width + " numbers", span))
        : Optional.empty();
  }

  /** A pose that nothing holds. */
  static Optional<Diagnostic> pose(SystemModel system, Span span) {
    return system instanceof SystemModel.Molecular molecule && molecule.pose().isEmpty()
        ? Optional.of(MoleculeErrors.freePose(system.name(), span))
        : Optional.empty();
  }

  /** A gradient through x and an energy without a bound on clashes. */
  static Optional<Diagnostic> clamp(SystemModel system, Value.Loss loss, Span span) {
    if (!(system instanceof SystemModel.Molecular molecule) || molecule.clamp().isPresent()) {
      return Optional.empty();
    }
    return loss.terms().stream()
        .filter(term -> term.source() == Source.LATENT)
        .filter(term -> Readings.of(term.formula()).here().contains("u"))
        .findFirst()
        .map(term -> MoleculeErrors.unclamped(term.name(), system.name(), span));
  }
}
