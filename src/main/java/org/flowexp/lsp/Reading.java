package org.flowexp.lsp;

import java.util.List;
import java.util.Optional;
import org.flowexp.check.Exploration;
import org.flowexp.check.UnsavedTexts;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.model.Generators;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.syntax.Document;

/**
 * One version of a text, parsed; its names and its mistakes are worked out when they are asked for.
 */
final class Reading {
  private final Document document;
  private final Exploration exploration;
  private final Diagnostics diagnostics;
  private final boolean parsed;
  private Optional<List<Diagnostic>> mistakes = Optional.empty();
  private Optional<Occurrences> occurrences = Optional.empty();

  private Reading(
      Document document, Exploration exploration, Diagnostics diagnostics, boolean parsed) {
    this.document = document;
    this.exploration = exploration;
    this.diagnostics = diagnostics;
    this.parsed = parsed;
  }

  static Reading of(SourceFile source, UnsavedTexts unsaved, Generators generators) {
    Diagnostics diagnostics = new Diagnostics();
    Document document = Parser.parse(source, diagnostics);
    boolean parsed = !diagnostics.hasErrors();
    Exploration exploration = Exploration.of(document, unsaved, generators, diagnostics);
    return new Reading(document, exploration, diagnostics, parsed);
  }

  SourceFile source() {
    return document.file();
  }

  Document document() {
    return document;
  }

  Exploration exploration() {
    return exploration;
  }

  /** True if nothing of the text is missing from the document. */
  boolean parsed() {
    return parsed;
  }

  /** All mistakes, also those in imported files. */
  List<Diagnostic> mistakes() {
    if (mistakes.isEmpty()) {
      exploration.check(diagnostics);
      mistakes = Optional.of(diagnostics.inFileOrder());
    }
    return mistakes.get();
  }

  Occurrences occurrences() {
    if (occurrences.isEmpty()) {
      occurrences = Optional.of(Occurrences.of(document, exploration));
    }
    return occurrences.get();
  }
}
