package org.flowexp.parse;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ANTLRErrorStrategy;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.grammar.FlowExpParser;

/** Words that are parsed by themselves: usually one declaration. */
final class Portion {
  private final Scan scan;
  private final List<Token> tokens;
  private final int end;
  private final Diagnostics diagnostics;

  /**
   * @param end where the next portion begins
   */
  Portion(Scan scan, List<Token> tokens, int end, Diagnostics diagnostics) {
    this.scan = scan;
    this.tokens = tokens;
    this.end = end;
    this.diagnostics = diagnostics;
  }

  /**
   * The tree of a rule, unless there was a mistake, of which the first is reported. The first
   * attempt only finds out whether there is one: remembering what could stand at each word takes
   * most of the time.
   */
  <T extends ParserRuleContext> Optional<T> parse(Function<FlowExpParser, T> rule) {
    Optional<Diagnostic> tooDeep = Nesting.mistake(scan, tokens);
    if (tooDeep.isPresent()) {
      report(Brackets.mistake(scan, tokens).orElse(tooDeep.get()));
      return Optional.empty();
    }
    Optional<T> tree = attempt(rule, PredictionMode.SLL, new BailErrorStrategy());
    if (tree.isEmpty()) {
      OneError mistake = new OneError();
      tree = attempt(rule, PredictionMode.LL, mistake);
      mistake.failure().ifPresent(f -> report(cause(f)));
    }
    tree.ifPresent(t -> new Commas(new Spans(scan.file()), tokens, diagnostics).check(t));
    return tree;
  }

  /** A bracket out of order spoils what follows it, but not what stands before it. */
  private Diagnostic cause(OneError.Failure failure) {
    int failed = failure.token().getStartIndex();
    return Brackets.mistake(scan, tokens)
        .filter(bracket -> failed >= bracket.primary().span().start() + (isOpen(bracket) ? 1 : 0))
        .orElseGet(() -> Mistake.of(scan, tokens, failure));
  }

  private static boolean isOpen(Diagnostic bracket) {
    return "([{".contains(bracket.primary().span().text());
  }

  private <T extends ParserRuleContext> Optional<T> attempt(
      Function<FlowExpParser, T> rule, PredictionMode mode, ANTLRErrorStrategy strategy) {
    FlowExpParser parser =
        new FlowExpParser(new CommonTokenStream(new ListTokenSource(tokens, scan.file().name())));
    parser.removeErrorListeners();
    parser.setErrorHandler(strategy);
    parser.getInterpreter().setPredictionMode(mode);
    try {
      return Optional.of(rule.apply(parser));
    } catch (ParseCancellationException stopped) {
      return Optional.empty();
    }
  }

  /** A character or a string reported already explains what does not fit here: one cause, once. */
  private void report(Diagnostic diagnostic) {
    if (!scan.hasFault(tokens.get(0).getStartIndex(), end)) {
      diagnostics.add(diagnostic);
    }
  }
}
