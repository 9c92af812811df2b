package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.flowexp.diagnostics.Label;
import org.flowexp.diagnostics.Severity;

/** Our diagnostics in the protocol's form. */
final class Messages {
  static final String SOURCE = "flowexp";
  private static final String UNUSED = "FX0601";

  private Messages() {}

  static Diagnostic of(org.flowexp.diagnostics.Diagnostic mistake, Places places) {
    Diagnostic message = new Diagnostic(Places.range(mistake.primary().span()), text(mistake));
    message.setSeverity(
        mistake.severity() == Severity.ERROR
            ? DiagnosticSeverity.Error
            : DiagnosticSeverity.Warning);
    message.setCode(mistake.code());
    message.setSource(SOURCE);
    if (mistake.code().equals(UNUSED)) {
      message.setTags(List.of(DiagnosticTag.Unnecessary));
    }
    List<DiagnosticRelatedInformation> related = new ArrayList<>();
    for (Label label : mistake.secondary()) {
      related.add(new DiagnosticRelatedInformation(places.location(label.span()), label.text()));
    }
    message.setRelatedInformation(related);
    return message;
  }

  private static String text(org.flowexp.diagnostics.Diagnostic mistake) {
    StringBuilder text = new StringBuilder(mistake.message());
    if (!mistake.primary().text().isEmpty()) {
      text.append(": ").append(mistake.primary().text());
    }
    mistake.notes().forEach(note -> text.append("\nnote: ").append(note));
    mistake.help().ifPresent(help -> text.append("\nhelp: ").append(help));
    return text.toString();
  }
}
