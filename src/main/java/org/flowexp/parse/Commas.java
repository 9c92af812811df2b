package org.flowexp.parse;

import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.grammar.FlowExpParser.AxisContext;
import org.flowexp.grammar.FlowExpParser.CheckContext;
import org.flowexp.grammar.FlowExpParser.FieldContext;

/** Entries of a block are separated by a comma or a line break. */
final class Commas {
  private final Spans spans;
  private final List<Token> tokens;
  private final Diagnostics diagnostics;

  Commas(Spans spans, List<Token> tokens, Diagnostics diagnostics) {
    this.spans = spans;
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  void check(ParseTree tree) {
    if (tree instanceof FieldContext
        || tree instanceof AxisContext
        || tree instanceof CheckContext) {
      checkEnd(((ParserRuleContext) tree).getStop());
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      check(tree.getChild(i));
    }
  }

  private void checkEnd(Token last) {
    int following = last.getTokenIndex() + 1;
    if (Words.is(last, ",") || following >= tokens.size()) {
      return;
    }
    Token next = tokens.get(following);
    if (next.getLine() == last.getLine() && !Words.is(next, "}")) {
      diagnostics.add(SyntaxErrors.missingComma(spans.of(next)));
    }
  }
}
