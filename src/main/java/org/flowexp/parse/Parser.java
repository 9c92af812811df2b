package org.flowexp.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.grammar.FlowExpLexer;
import org.flowexp.grammar.FlowExpParser;
import org.flowexp.grammar.FlowExpParser.DeclContext;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.syntax.Expression;
import org.flowexp.syntax.Name;

/** From text to syntax tree. */
public final class Parser {
  private static final String VERSION = "1";

  private final Scan scan;
  private final Diagnostics diagnostics;

  private Parser(Scan scan, Diagnostics diagnostics) {
    this.scan = scan;
    this.diagnostics = diagnostics;
  }

  /**
   * The document of a file, whatever the file holds. Each declaration is parsed by itself; one with
   * a mistake is left out and reported, one mistake a declaration.
   */
  public static Document parse(SourceFile file, Diagnostics diagnostics) {
    return new Parser(Scan.of(file, diagnostics), diagnostics).document();
  }

  /**
   * One value, as the command line gives it: the part of a text that a span marks. If this is none,
   * it is reported and the result is a reference named by the whole part.
   */
  public static Expression expression(Span part, Diagnostics diagnostics) {
    return new Parser(Scan.of(part, diagnostics), diagnostics).single(part);
  }

  /** The same of a whole text. */
  public static Expression expression(SourceFile file, Diagnostics diagnostics) {
    return expression(new Span(file, 0, file.text().length()), diagnostics);
  }

  private Expression single(Span whole) {
    Optional<Expression> value = Optional.empty();
    if (!scan.tokens().isEmpty()) {
      value =
          new Portion(scan, scan.tokens(), whole.end(), diagnostics)
              .parse(FlowExpParser::single)
              .map(tree -> expressions().value(tree.value()));
    } else if (scan.faults().isEmpty()) {
      diagnostics.add(SyntaxErrors.noValue(whole));
    }
    return value.orElseGet(() -> new Expression.Reference(new Name(whole.text(), whole), whole));
  }

  private ExpressionBuilder expressions() {
    return new ExpressionBuilder(new Spans(scan.file()), diagnostics);
  }

  private Document document() {
    List<Token> tokens = scan.tokens();
    boolean headed =
        tokens.size() >= 2
            && Words.is(tokens.get(0), "flowexp")
            && tokens.get(1).getType() == FlowExpLexer.NUMBER;
    Span version = headed ? scan.span(tokens.get(1)) : new Span(scan.file(), 0, 0);
    if (!headed) {
      diagnostics.add(SyntaxErrors.noHeader(firstWord()));
    } else if (!version.text().equals(VERSION)) {
      diagnostics.add(SyntaxErrors.unknownVersion(version));
    }
    List<Token> body = headed ? tokens.subList(2, tokens.size()) : withoutPreamble();
    List<Declaration> declarations = new ArrayList<>();
    Set<String> lost = new HashSet<>(names(tokens.subList(0, tokens.size() - body.size())));
    lost.addAll(scan.swallowed());
    List<List<Token>> portions = Portions.of(body);
    for (int i = 0; i < portions.size(); i++) {
      int end =
          i + 1 < portions.size()
              ? portions.get(i + 1).get(0).getStartIndex()
              : scan.file().text().length();
      List<Declaration> parsed = declarations(portions.get(i), end);
      // The path of an import whose string is not closed is none.
      boolean swallowed =
          Words.is(portions.get(i).get(0), "import")
              && scan.hasFault(portions.get(i).get(0).getStartIndex(), end);
      if (!swallowed) {
        declarations.addAll(parsed);
      }
      if (parsed.isEmpty() || swallowed) {
        lost.addAll(names(portions.get(i)));
      }
    }
    return new Document(
        scan.file(), headed ? version.text() : "", version, declarations, lost, scan.comments());
  }

  private static List<String> names(List<Token> tokens) {
    return tokens.stream()
        .filter(token -> token.getType() == FlowExpLexer.ID)
        .map(Token::getText)
        .toList();
  }

  private List<Declaration> declarations(List<Token> portion, int end) {
    DeclarationBuilder builder = new DeclarationBuilder(new Spans(scan.file()), diagnostics);
    return new Portion(scan, portion, end, diagnostics)
        .parse(FlowExpParser::portion).stream()
            .flatMap(tree -> tree.decl().stream())
            .map((DeclContext tree) -> builder.declaration(tree))
            .toList();
  }

  /** What stands before the first declaration of a file without a version has been reported. */
  private List<Token> withoutPreamble() {
    List<Token> tokens = scan.tokens();
    int start = 0;
    while (start < tokens.size() && !Words.beginsDeclaration(tokens.get(start))) {
      start++;
    }
    return tokens.subList(start, tokens.size());
  }

  private Span firstWord() {
    if (scan.tokens().isEmpty()) {
      return new Span(scan.file(), 0, 0);
    }
    return scan.span(scan.tokens().get(0));
  }
}
