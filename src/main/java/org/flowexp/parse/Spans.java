package org.flowexp.parse;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.flowexp.source.SourceFile;
import org.flowexp.source.Span;
import org.flowexp.syntax.Name;

/** From ANTLR's positions to ours. */
record Spans(SourceFile file) {
  Span of(Token token) {
    return Scan.span(file, token);
  }

  Span of(TerminalNode node) {
    return of(node.getSymbol());
  }

  Span of(ParserRuleContext tree) {
    return of(tree.getStart()).to(of(tree.getStop()));
  }

  Span of(ParseTree tree) {
    return tree instanceof TerminalNode node ? of(node) : of((ParserRuleContext) tree);
  }

  Name name(TerminalNode node) {
    return new Name(node.getText(), of(node));
  }

  Name name(ParseTree word) {
    return new Name(word.getText(), of(word));
  }

  Name name(ParserRuleContext word) {
    return new Name(word.getText(), of(word));
  }
}
