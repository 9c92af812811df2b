package org.flowexp.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.grammar.FlowExpLexer;

/** Ways out of what people write who know other languages better. */
final class Hints {
  static final String CHOICE = "a choice is written `if … then … else …`, both ways in full";

  private static final int THOUSAND = 3;

  private final List<Token> tokens;
  private final Token token;
  private final Expected expected;
  private final int at;

  Hints(List<Token> tokens, Token token, Expected expected) {
    this.tokens = tokens;
    this.token = token;
    this.expected = expected;
    this.at = token.getTokenIndex();
  }

  Optional<String> hint() {
    return ofOperators().or(this::ofNames).or(this::ofForms).or(this::ofSweeps);
  }

  private Optional<String> ofOperators() {
    if (is(0, "/") && (is(-1, "/") || is(1, "/") || is(1, "*"))) {
      return Optional.of("a comment begins with `#`");
    }
    if (is(0, "*") && is(-1, "/")) {
      return Optional.of("a comment begins with `#`");
    }
    if (is(0, "*") && is(-1, "*")) {
      return Optional.of("a power is written `^`");
    }
    if (is(0, "+") && expected.hasExpression()) {
      return Optional.of("a number has no sign but `-`");
    }
    if (is(0, ",") && isNumber(-1) && isThreeDigits() && expected.hasOperator()) {
      return Optional.of("thousands are set off by `_`, such as `1_000`");
    }
    if (is(0, "(") && isNumber(-1)) {
      return Optional.of("put `*` between two factors");
    }
    if (is(0, "with")) {
      return Optional.of("`with` follows the name of a part: `half with { … }`");
    }
    return is(0, "for") && expected.has("]")
        ? Optional.of("a list is written out; only `sum` and `integral` run over an index")
        : Optional.empty();
  }

  private Optional<String> ofNames() {
    if (token.getType() == FlowExpLexer.STRING && expected.has("=")) {
      return NearestName.question(before().getText(), Words.INNER);
    }
    if (expected.hasString()
        && !expected.hasExpression()
        && (is(-1, "expect") || is(-1, "claim"))) {
      return Optional.of(
          "it says in words what should hold: `" + before().getText() + " \"what holds\": …`");
    }
    if (expected.hasString() && is(-1, "import")) {
      return Optional.of("write `import \"std/losses\" { kl_x, l2 }`");
    }
    if (is(-1, "lambda")) {
      return Optional.of("a function is a declaration: `fn f(t) = …`");
    }
    if (is(0, "from") && expected.has("import")) {
      return Optional.of("the file comes first: `import \"std/losses\" { kl_x, l2 }`");
    }
    return expected.has("fn") && expected.has("param")
        ? Words.ofOtherLanguages(token.getText())
        : Optional.empty();
  }

  private Optional<String> ofForms() {
    if (is(0, "{") && expected.hasExpression()) {
      return Optional.of("a part begins with its word: `word { … }`");
    }
    if (Words.is(tokens.get(0), "fn") && (expected.has("=") || expected.has("("))) {
      return Optional.of("a function is one expression: `fn f(t) = …`");
    }
    if (is(0, ":") && expected.has("=")) {
      return Optional.of(
          at == 2 && !Words.is(tokens.get(0), "param")
              ? "only a param has a type; a value is given with `=`"
              : "a value is given with `=`");
    }
    if (is(0, "=") && expected.has(":") && Words.is(tokens.get(0), "param")) {
      return Optional.of("a param says what it may be: `param width : int = 64`");
    }
    if (expected.has("then") || expected.has("else")) {
      return Optional.of(CHOICE);
    }
    return Optional.empty();
  }

  private Optional<String> ofSweeps() {
    if (is(0, "=") && expected.has("in")) {
      return Optional.of("what varies is written `name in [a, b]` or `name in 0..4`");
    }
    if (is(0, "for") && Words.is(tokens.get(0), "sweep")) {
      return Optional.of("what varies is written `name in 0..4`, without `for`");
    }
    return is(0, ",") && expected.has(")")
        ? Optional.of("a list stands in square brackets: `[a, b]`")
        : Optional.empty();
  }

  private Token before() {
    return tokens.get(at - 1);
  }

  private boolean is(int offset, String text) {
    int index = at + offset;
    return index >= 0
        && index < tokens.size()
        && Words.is(tokens.get(index), text)
        && (offset == 0
            || Mistake.tight(first(offset), second(offset))
            || Words.isWord(tokens.get(index)));
  }

  private Token first(int offset) {
    return offset < 0 ? tokens.get(at + offset) : token;
  }

  private Token second(int offset) {
    return offset < 0 ? token : tokens.get(at + offset);
  }

  private boolean isThreeDigits() {
    return isNumber(1)
        && Mistake.tight(token, tokens.get(at + 1))
        && tokens.get(at + 1).getText().length() == THOUSAND;
  }

  private boolean isNumber(int offset) {
    int index = at + offset;
    return index >= 0
        && index < tokens.size()
        && tokens.get(index).getType() == FlowExpLexer.NUMBER;
  }
}
