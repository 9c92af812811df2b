package org.flowexp.check;

import java.util.List;
import java.util.Optional;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.model.Canonical;
import org.flowexp.model.Suite;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.syntax.Document;

/** A text, parsed and checked. */
record Checks(Optional<Suite> suite, List<Diagnostic> found) {

  static Checks of(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Document document = Parser.parse(new SourceFile("test.flowexp", text), diagnostics);
    Optional<Suite> suite = Checker.check(document, Choices.none(), diagnostics);
    return new Checks(suite, diagnostics.inFileOrder());
  }

  List<String> codes() {
    return found.stream().map(Diagnostic::code).toList();
  }

  /** The canonical forms of all arms, in order. */
  List<String> canonical() {
    return suite.orElseThrow(() -> new AssertionError(found.toString())).sweeps().stream()
        .flatMap(sweep -> sweep.arms().stream())
        .map(arm -> Canonical.of(arm.experiment()))
        .toList();
  }
}
