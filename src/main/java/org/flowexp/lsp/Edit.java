package org.flowexp.lsp;

import java.util.Comparator;
import java.util.List;
import org.eclipse.lsp4j.TextEdit;
import org.flowexp.source.Span;

/** A piece of a text, and what is to stand there. */
record Edit(Span span, String replacement) {

  static String applied(String text, List<Edit> edits) {
    StringBuilder result = new StringBuilder(text);
    edits.stream()
        .sorted(Comparator.comparingInt((Edit e) -> e.span().start()).reversed())
        .forEach(e -> result.replace(e.span().start(), e.span().end(), e.replacement()));
    return result.toString();
  }

  TextEdit textEdit() {
    return new TextEdit(Places.range(span), replacement);
  }
}
