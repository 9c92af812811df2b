package org.flowexp.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.flowexp.diagnostics.Diagnostic;

/** Are the brackets of a portion in order? */
final class Brackets {
  private final Scan scan;
  private final Deque<Token> open = new ArrayDeque<>();
  private Optional<Token> suspect = Optional.empty();

  private Brackets(Scan scan) {
    this.scan = scan;
  }

  /** +1 for an opening bracket, -1 for a closing one, else 0. */
  static int step(Token token) {
    return switch (token.getText()) {
      case "(", "[", "{" -> 1;
      case ")", "]", "}" -> -1;
      default -> 0;
    };
  }

  static Optional<Diagnostic> mistake(Scan scan, List<Token> tokens) {
    return new Brackets(scan).check(tokens);
  }

  private Optional<Diagnostic> check(List<Token> tokens) {
    Token before = tokens.get(0);
    for (Token token : tokens) {
      int step = step(token);
      if (step > 0) {
        open.push(token);
      } else if (step < 0) {
        if (open.isEmpty()) {
          return Optional.of(SyntaxErrors.closesNothing(scan.span(token), token.getText()));
        }
        Token opener = open.pop();
        if (!closing(opener).equals(token.getText())) {
          return Optional.of(unclosed(opener, token));
        }
        if (suspect.isEmpty()
            && token.getLine() > before.getLine()
            && token.getCharPositionInLine() < indentation(opener)) {
          suspect = Optional.of(opener);
        }
      }
      before = token;
    }
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(unclosed(suspect.orElse(open.peek()), before));
  }

  private Diagnostic unclosed(Token opener, Token where) {
    return SyntaxErrors.unclosedBracket(
        scan.span(opener), opener.getText(), closing(opener), scan.span(where));
  }

  private static String closing(Token opener) {
    return switch (opener.getText()) {
      case "(" -> ")";
      case "[" -> "]";
      default -> "}";
    };
  }

  private int indentation(Token token) {
    String line = scan.file().line(token.getLine());
    int blank = 0;
    while (blank < line.length() && Character.isWhitespace(line.charAt(blank))) {
      blank++;
    }
    return blank;
  }
}
