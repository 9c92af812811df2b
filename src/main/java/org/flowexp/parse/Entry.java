package org.flowexp.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.flowexp.grammar.FlowExpLexer;

/** An entry of a block, such as a field, by its tokens: found without parsing it. */
final class Entry {
  private final List<Token> tokens;
  private final int first;
  private final int behind;

  private Entry(List<Token> tokens, int first, int behind) {
    this.tokens = tokens;
    this.first = first;
    this.behind = behind;
  }

  /** The entry of the innermost braces in which a token stands, if it stands in braces. */
  static Optional<Entry> around(List<Token> tokens, Token token) {
    int at = Math.min(token.getTokenIndex(), tokens.size() - 1);
    int brace = brace(tokens, at);
    if (brace < 0 || token.getType() == Token.EOF) {
      return Optional.empty();
    }
    int first = brace + 1;
    int depth = 0;
    for (int i = brace + 1; i < at; i++) {
      depth += Brackets.step(tokens.get(i));
      if (depth == 0 && (Words.is(tokens.get(i), ",") || begins(tokens, i + 1))) {
        first = i + 1;
      }
    }
    int behind = end(tokens, at);
    return first < behind ? Optional.of(new Entry(tokens, first, behind)) : Optional.empty();
  }

  /** The `{` that is open where a token stands. */
  private static int brace(List<Token> tokens, int at) {
    int depth = 0;
    for (int i = at - 1; i >= 0; i--) {
      depth -= Brackets.step(tokens.get(i));
      if (depth < 0 && Words.is(tokens.get(i), "{")) {
        return i;
      }
      depth = Math.max(0, depth);
    }
    return -1;
  }

  /** Behind the comma, or before the next entry or the closing brace. */
  private static int end(List<Token> tokens, int at) {
    int depth = 0;
    for (int i = at; i < tokens.size(); i++) {
      if (depth == 0 && ((i > at && begins(tokens, i)) || Words.is(tokens.get(i), "}"))) {
        return i;
      }
      if (depth == 0 && Words.is(tokens.get(i), ",") && !isBetweenArguments(tokens, i)) {
        return i + 1;
      }
      // Below 0 the mistake itself stands in brackets, which close here.
      depth = Math.max(0, depth + Brackets.step(tokens.get(i)));
    }
    return tokens.size();
  }

  /** The innermost bracket that is open at a comma is not a brace. */
  private static boolean isBetweenArguments(List<Token> tokens, int comma) {
    int depth = 0;
    for (int i = comma - 1; i >= 0; i--) {
      depth -= Brackets.step(tokens.get(i));
      if (depth < 0) {
        return !Words.is(tokens.get(i), "{");
      }
    }
    return false;
  }

  /** {@code name =} or {@code name in} on a new line, or a word that begins an inner form. */
  private static boolean begins(List<Token> tokens, int at) {
    if (at + 1 >= tokens.size() || at == 0) {
      return false;
    }
    Token token = tokens.get(at);
    Token next = tokens.get(at + 1);
    return token.getLine() > tokens.get(at - 1).getLine()
        && (Words.INNER.contains(token.getText())
            || (Words.isWord(token)
                && (Words.is(next, "=")
                    || Words.is(next, "in")
                    || Words.is(next, ":")
                    || Words.is(next, "==")
                    || (Words.is(next, ".") && token.getType() == FlowExpLexer.ID))));
  }

  int start() {
    return tokens.get(first).getStartIndex();
  }

  /** Offset behind the last token. */
  int end() {
    return tokens.get(behind - 1).getStopIndex() + 1;
  }

  /** The tokens without those of the entry. */
  List<Token> others() {
    List<Token> others = new ArrayList<>(tokens.subList(0, first));
    others.addAll(tokens.subList(behind, tokens.size()));
    return others;
  }
}
