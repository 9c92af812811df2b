package org.flowexp.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.flowexp.diagnostics.Diagnostic;

/**
 * An upper bound for the depth of the tree of a portion, taken from its words, so that no phase
 * needs to fear for its stack. Brackets nest, and so does every operator of an unbroken expression.
 */
final class Nesting {
  static final int LIMIT = 256;

  private Nesting() {}

  static Optional<Diagnostic> mistake(Scan scan, List<Token> tokens) {
    Deque<Integer> outer = new ArrayDeque<>();
    int level = 0;
    for (Token token : tokens) {
      switch (token.getText()) {
        case "(", "[", "{" -> {
          outer.push(level);
          level++;
        }
        case ")", "]", "}" -> level = outer.isEmpty() ? 0 : outer.pop() + 1;
        case ",", "=", ":", "in", "phase", "expect", "claim" ->
            level = outer.isEmpty() ? 0 : outer.peek() + 1;
        case "^",
            "*",
            "/",
            "+",
            "-",
            "<",
            "<=",
            ">",
            ">=",
            "==",
            "!=",
            "not",
            "and",
            "or",
            ">>",
            "if",
            "else",
            ".",
            "with" ->
            level++;
        default -> {}
      }
      if (level > LIMIT) {
        return Optional.of(SyntaxErrors.tooDeep(scan.span(token), LIMIT));
      }
    }
    return Optional.empty();
  }
}
