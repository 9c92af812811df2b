package org.flowexp.parse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("def", "fn"),
          Map.entry("func", "fn"),
          Map.entry("fun", "fn"),
          Map.entry("function", "fn"),
          Map.entry("var", "let"),
          Map.entry("val", "let"),
          Map.entry("const", "let"),
          Map.entry("from", "import"),
          Map.entry("include", "import"));

  private Words() {}

  /** {@code did you mean …?} for a word with which another language declares the like. */
  static Optional<String> ofOtherLanguages(String text) {
    return Optional.ofNullable(OTHERS.get(text)).map(word -> "did you mean `" + word + "`?");
  }

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
