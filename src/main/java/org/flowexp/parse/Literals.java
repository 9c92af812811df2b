package org.flowexp.parse;

import java.util.Optional;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.source.Span;

/** Numbers and strings as values. */
final class Literals {
  private final Diagnostics diagnostics;

  Literals(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  double number(Span span) {
    String text = span.text();
    if (text.contains("__") || !text.equals(text.replaceAll("_(?!\\d)", ""))) {
      diagnostics.add(SyntaxErrors.badNumber(span, "an underscore stands between two digits"));
    }
    double value = Double.parseDouble(text.replace("_", ""));
    if (Double.isInfinite(value)) {
      diagnostics.add(SyntaxErrors.numberTooLarge(span));
    }
    return value;
  }

  /** The text between the quotes of a string, of which the last may be missing. */
  String string(Span span) {
    String text = span.text();
    StringBuilder value = new StringBuilder();
    int i = 1;
    while (i < text.length() && text.charAt(i) != '"') {
      if (text.charAt(i) != '\\' || i + 1 == text.length()) {
        value.append(text.charAt(i));
        i++;
        continue;
      }
      int length = text.charAt(i + 1) == 'u' ? 6 : 2;
      int end = Math.min(i + length, text.length());
      String escape = text.substring(i, end);
      Optional<Character> meant = meaning(escape);
      if (meant.isEmpty()) {
        end = i + Character.charCount(text.codePointAt(i + 1)) + 1;
        diagnostics.add(
            SyntaxErrors.unknownEscape(
                new Span(span.file(), span.start() + i, span.start() + end)));
      }
      meant.ifPresent(value::append);
      i = end;
    }
    return value.toString();
  }

  private static Optional<Character> meaning(String escape) {
    return switch (escape) {
      case "\\\"" -> Optional.of('"');
      case "\\\\" -> Optional.of('\\');
      case "\\n" -> Optional.of('\n');
      case "\\t" -> Optional.of('\t');
      case "\\r" -> Optional.of('\r');
      default ->
          escape.matches("\\\\u[0-9a-fA-F]{4}")
              ? Optional.of((char) Integer.parseInt(escape.substring(2), 16))
              : Optional.empty();
    };
  }
}
