package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.source.Span;

/** Fixes as an editor offers them. */
final class Actions {
  private final Desk desk;
  private final String address;

  Actions(Desk desk, String address) {
    this.desk = desk;
    this.address = address;
  }

  /** The fixes of the mistakes that touch a range. */
  List<CodeAction> at(Reading reading, Range range) {
    int start = Places.offset(reading.source(), range.getStart());
    int end = Places.offset(reading.source(), range.getEnd());
    List<CodeAction> actions = new ArrayList<>();
    for (Diagnostic mistake : reading.mistakes()) {
      Span place = mistake.primary().span();
      if (place.start() <= end && start <= place.end()) {
        for (Fixes.Fix fix : Fixes.of(reading, mistake, text -> desk.read(address, text))) {
          actions.add(action(mistake, fix));
        }
      }
    }
    return actions;
  }

  private CodeAction action(Diagnostic mistake, Fixes.Fix fix) {
    CodeAction action = new CodeAction(fix.title());
    action.setKind(CodeActionKind.QuickFix);
    action.setDiagnostics(List.of(Messages.of(mistake, desk.places())));
    action.setEdit(
        new WorkspaceEdit(Map.of(address, fix.edits().stream().map(Edit::textEdit).toList())));
    return action;
  }
}
