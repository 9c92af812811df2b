package org.flowexp.parse;

import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.flowexp.grammar.FlowExpLexer;

/** The words that have a meaning of their own in the grammar. */
final class Words {
  /** The words a declaration begins with. */
  static final List<String> DECLARATIONS =
      List.of(
          "import",
          "param",
          "let",
          "fn",
          "system",
          "observable",
          "mask",
          "sampler",
          "data",
          "architecture",
          "loss",
          "metric",
          "schedule",
          "experiment",
          "sweep",
          "profile");

  /** The words that begin something inside a schedule, a sweep or an experiment. */
  static final Set<String> INNER = Set.of("phase", "expect", "claim");

  private static final Set<String> DECLARATION_SET = Set.copyOf(DECLARATIONS);

  private Words() {}

  static boolean beginsDeclaration(Token token) {
    return DECLARATION_SET.contains(token.getText());
  }

  /** A word of the grammar, which is not a free name. */
  static boolean isReserved(Token token) {
    return token.getType() != FlowExpLexer.ID
        && token.getType() != Token.EOF
        && Character.isLetter(token.getText().codePointAt(0));
  }

  static boolean isWord(Token token) {
    return token.getType() == FlowExpLexer.ID || isReserved(token);
  }

  static boolean is(Token token, String text) {
    return text.equals(token.getText());
  }
}
