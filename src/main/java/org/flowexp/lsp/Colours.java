package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensLegend;
import org.flowexp.source.Position;

/** What each name of a file is, in the protocol's numbers. */
final class Colours {
  private static final List<String> MODIFIERS = List.of("declaration", "defaultLibrary");
  private static final List<Occurrence.Role> ROLES = List.of(Occurrence.Role.values());
  private static final int DECLARATION = 1;
  private static final int LIBRARY = 2;

  private Colours() {}

  static SemanticTokensLegend legend() {
    return new SemanticTokensLegend(ROLES.stream().map(Occurrence.Role::token).toList(), MODIFIERS);
  }

  static SemanticTokens of(Reading reading) {
    List<Integer> numbers = new ArrayList<>();
    int line = 1;
    int column = 1;
    int end = 0;
    for (Occurrence occurrence : reading.occurrences().all()) {
      Position at = occurrence.span().startPosition();
      boolean string = occurrence.span().text().startsWith("\"");
      if (string || occurrence.span().start() < end) {
        continue;
      }
      numbers.add(at.line() - line);
      numbers.add(at.line() == line ? at.column() - column : at.column() - 1);
      numbers.add(occurrence.span().end() - occurrence.span().start());
      numbers.add(ROLES.indexOf(occurrence.role()));
      numbers.add(modifiers(occurrence));
      line = at.line();
      column = at.column();
      end = occurrence.span().end();
    }
    return new SemanticTokens(numbers);
  }

  private static int modifiers(Occurrence occurrence) {
    return (occurrence.declares() ? DECLARATION : 0)
        | (occurrence.meant() instanceof Meant.Word ? LIBRARY : 0);
  }
}
