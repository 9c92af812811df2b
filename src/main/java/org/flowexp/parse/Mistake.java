package org.flowexp.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.grammar.FlowExpLexer;
import org.flowexp.source.Span;

/** Finds the name of what a person did wrong where ANTLR only knows that a token does not fit. */
final class Mistake {
  private final Scan scan;
  private final List<Token> tokens;
  private final Token token;
  private final Expected expected;

  private Mistake(Scan scan, List<Token> tokens, OneError.Failure failure) {
    this.scan = scan;
    this.tokens = tokens;
    this.token = failure.token();
    this.expected = new Expected(failure.expected());
  }

  static Diagnostic of(Scan scan, List<Token> tokens, OneError.Failure failure) {
    return new Mistake(scan, tokens, failure).named();
  }

  private Diagnostic named() {
    if (token.getType() == Token.EOF) {
      Diagnostic unfinished =
          SyntaxErrors.unfinished(span(tokens.get(tokens.size() - 1)), expected.label());
      return expected.has("else") ? unfinished.help(Hints.CHOICE) : unfinished;
    }
    Optional<Diagnostic> known =
        token.getTokenIndex() == 0
            ? Optional.of(beginning())
            : number().or(this::claim).or(this::equality).or(this::comma).or(this::reserved);
    return known.orElseGet(this::unexpected);
  }

  private Diagnostic beginning() {
    return switch (token.getText()) {
      case "expect" -> SyntaxErrors.outside(span(token), "the experiment or sweep it judges");
      case "claim" -> SyntaxErrors.outside(span(token), "the sweep it judges");
      case "phase" -> SyntaxErrors.outside(span(token), "a schedule");
      case "from" -> SyntaxErrors.importTurnedAround(span(token));
      default ->
          token.getType() == FlowExpLexer.ID
                  && following().filter(t -> Words.is(t, "=")).isPresent()
              ? SyntaxErrors.valueWithoutKind(span(token))
              : SyntaxErrors.noDeclaration(span(token));
    };
  }

  /** {@code 1.5.2}, {@code 1.}, {@code .5}, {@code 1e}. */
  private Optional<Diagnostic> number() {
    Token before = tokens.get(token.getTokenIndex() - 1);
    if (Words.is(token, ".") && before.getType() == FlowExpLexer.NUMBER && tight(before, token)) {
      Optional<Token> after =
          following().filter(t -> t.getType() == FlowExpLexer.NUMBER && tight(token, t));
      return Optional.of(
          SyntaxErrors.badNumber(
              span(before).to(span(after.orElse(token))),
              after.isPresent()
                  ? "a number has one decimal point"
                  : "write a digit after the point, or no point"));
    }
    if (Words.is(token, ".") && expected.hasExpression()) {
      return following()
          .filter(t -> t.getType() == FlowExpLexer.NUMBER && tight(token, t))
          .map(
              t ->
                  SyntaxErrors.badNumber(
                      span(token).to(span(t)), "write `0" + span(token).to(span(t)).text() + "`"));
    }
    return Optional.empty();
  }

  private Optional<Diagnostic> claim() {
    Token before = tokens.get(token.getTokenIndex() - 1);
    boolean ends =
        Words.is(token, "}")
            || Words.is(token, ",")
            || Words.INNER.contains(token.getText())
            || token.getLine() > before.getLine();
    if (!ends || !expected.hasOperator()) {
      return Optional.empty();
    }
    for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
      Token t = tokens.get(i);
      if (Words.is(t, "confidence") || Words.is(t, "{") || Words.is(t, "expect")) {
        return Optional.empty();
      }
      if (Words.is(t, "claim") && tokens.get(i + 1).getType() == FlowExpLexer.STRING) {
        return Optional.of(SyntaxErrors.claimWithoutConfidence(span(before)));
      }
    }
    return Optional.empty();
  }

  private Optional<Diagnostic> equality() {
    if (Words.is(token, "=") && expected.has("==")) {
      return Optional.of(SyntaxErrors.assignmentInExpression(span(token)));
    }
    if (Words.is(token, "==") && expected.has("=")) {
      return Optional.of(SyntaxErrors.comparisonInsteadOfAssignment(span(token)));
    }
    return Optional.empty();
  }

  private Optional<Diagnostic> comma() {
    Token before = tokens.get(token.getTokenIndex() - 1);
    boolean entry =
        token.getType() == FlowExpLexer.ID
            || token.getType() == FlowExpLexer.NUMBER
            || token.getType() == FlowExpLexer.STRING
            || following().filter(t -> Words.isWord(token) && Words.is(t, "=")).isPresent();
    boolean ended =
        before.getType() == FlowExpLexer.ID
            || before.getType() == FlowExpLexer.NUMBER
            || before.getType() == FlowExpLexer.STRING
            || Brackets.step(before) < 0
            || Words.is(before, "%");
    return entry && ended && expected.has(",")
        ? Optional.of(SyntaxErrors.missingComma(span(token)))
        : Optional.empty();
  }

  private Optional<Diagnostic> reserved() {
    return Words.isReserved(token) && expected.hasName() && !expected.hasOperator() && !isFor()
        ? Optional.of(SyntaxErrors.reserved(span(token)))
        : Optional.empty();
  }

  private boolean isFor() {
    return Words.is(token, "for")
        && (Words.is(tokens.get(0), "sweep") || Words.is(tokens.get(0), "profile"));
  }

  private Diagnostic unexpected() {
    return SyntaxErrors.unexpected(span(token), expected.label())
        .help(new Hints(tokens, token, expected).hint());
  }

  private Optional<Token> following() {
    int next = token.getTokenIndex() + 1;
    return next < tokens.size() ? Optional.of(tokens.get(next)) : Optional.empty();
  }

  static boolean tight(Token left, Token right) {
    return left.getStopIndex() + 1 == right.getStartIndex();
  }

  private Span span(Token t) {
    return scan.span(t);
  }
}
