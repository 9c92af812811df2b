package org.flowexp.check;

import java.util.List;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.source.Span;

/** FX056: figures. */
final class FigureErrors {
  private FigureErrors() {}

  static Diagnostic needsMolecule(String word, String system, Span span) {
    return Diagnostic.error(
            "FX0560",
            "`" + word + "` needs a molecule",
            span,
            "`" + system + "` is given by a formula")
        .help("draw an observable of one's own: `histogram(…)` or `free_energy(…)`");
  }

  static Diagnostic nothingToMeasure(String word, String why, Span span) {
    return Diagnostic.error("FX0561", "`" + word + "` finds nothing to measure", span, why)
        .help("name more atoms, or leave them out to take all");
  }

  static Diagnostic figuresMissing(Span span) {
    return ValueErrors.missingFields("reference", List.of(Blocks.FIGURES), span);
  }
}
