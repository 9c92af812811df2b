package org.flowexp.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.flowexp.grammar.FlowExpLexer;

/**
 * Cuts the words of a file where a declaration begins. The cut does not depend on the declarations
 * before it being correct, so that each mistake is met where it is.
 */
final class Portions {
  private final List<Token> tokens;

  private Portions(List<Token> tokens) {
    this.tokens = tokens;
  }

  static List<List<Token>> of(List<Token> tokens) {
    return new Portions(tokens).cut();
  }

  private List<List<Token>> cut() {
    List<List<Token>> portions = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (i > start && begins(i, depth)) {
        portions.add(tokens.subList(start, i));
        start = i;
        depth = 0;
      }
      depth = Math.max(0, depth + Brackets.step(tokens.get(i)));
    }
    if (start < tokens.size()) {
      portions.add(tokens.subList(start, tokens.size()));
    }
    return portions;
  }

  private boolean begins(int i, int depth) {
    Token before = tokens.get(i - 1);
    if (before.getLine() == tokens.get(i).getLine()) {
      return false;
    }
    return namesSomething(i)
        || (depth == 0 && isAtMargin(tokens.get(i)) && beginsOutside(i, before));
  }

  /**
   * A word of a declaration and a name on one line: no expression and no block has that, so it
   * begins a declaration even where a bracket was left open.
   */
  private boolean namesSomething(int i) {
    return Words.beginsDeclaration(tokens.get(i))
        && hasNext(i)
        && (Words.is(tokens.get(i), "import")
            ? next(i).getType() == FlowExpLexer.STRING
            : isName(next(i)) && next(i).getLine() == tokens.get(i).getLine());
  }

  /** What is indented was meant for a block, even if its bracket is missing. */
  private static boolean isAtMargin(Token token) {
    return token.getCharPositionInLine() == 0;
  }

  private boolean beginsOutside(int i, Token before) {
    Token token = tokens.get(i);
    if (Words.beginsDeclaration(token)) {
      return !Words.is(before, ".")
          && !Words.is(before, ":")
          && !Words.is(before, "on")
          && !Words.beginsDeclaration(before);
    }
    if (!canEnd(before)) {
      return false;
    }
    return Words.INNER.contains(token.getText())
        || (token.getType() == FlowExpLexer.ID
            && hasNext(i)
            && (Words.is(next(i), "=") || isName(next(i))));
  }

  private static boolean canEnd(Token token) {
    return switch (token.getType()) {
      case FlowExpLexer.ID, FlowExpLexer.NUMBER, FlowExpLexer.STRING -> true;
      default ->
          Brackets.step(token) < 0
              || Words.is(token, "%")
              || Words.is(token, "true")
              || Words.is(token, "false");
    };
  }

  private static boolean isName(Token token) {
    return token.getType() == FlowExpLexer.ID
        || Words.beginsDeclaration(token)
        || Words.INNER.contains(token.getText());
  }

  private boolean hasNext(int i) {
    return i + 1 < tokens.size();
  }

  private Token next(int i) {
    return tokens.get(i + 1);
  }
}
