package org.flowexp.lsp;

import java.util.List;
import org.eclipse.lsp4j.TextEdit;
import org.flowexp.format.Formatter;
import org.flowexp.source.Span;

/** The one layout, as the smallest edit that makes it. */
final class Layouts {
  private Layouts() {}

  /** Nothing for a text with mistakes in its syntax: what does not parse would be lost. */
  static List<TextEdit> of(Reading reading) {
    if (!reading.parsed()) {
      return List.of();
    }
    String before = reading.source().text();
    String after = Formatter.format(reading.document());
    if (after.equals(before)) {
      return List.of();
    }
    int start = 0;
    int shorter = Math.min(before.length(), after.length());
    while (start < shorter && before.charAt(start) == after.charAt(start)) {
      start++;
    }
    start = lineStart(before, start);
    int tail = 0;
    while (tail < shorter - start
        && before.charAt(before.length() - 1 - tail) == after.charAt(after.length() - 1 - tail)) {
      tail++;
    }
    while (tail > 0 && before.charAt(before.length() - tail - 1) != '\n') {
      tail--;
    }
    Span changed = new Span(reading.source(), start, before.length() - tail);
    return List.of(
        new TextEdit(Places.range(changed), after.substring(start, after.length() - tail)));
  }

  private static int lineStart(String text, int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }
}
