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
  private static final int MOST_MISTAKES = 20;
  private static final int LONGEST_TO_MEND = 20_000;

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
   * The tree of a rule, unless there was a mistake, of which one is reported for each entry of a
   * block. The first attempt only finds out whether there is one: remembering what could stand at
   * each word takes most of the time.
   */
  <T extends ParserRuleContext> Optional<T> parse(Function<FlowExpParser, T> rule) {
    Optional<Diagnostic> tooDeep = Nesting.mistake(scan, tokens);
    if (tooDeep.isPresent()) {
      report(
          Brackets.mistake(scan, tokens).orElse(tooDeep.get()), tokens.get(0).getStartIndex(), end);
      return Optional.empty();
    }
    Optional<T> tree = attempt(rule, PredictionMode.SLL, new BailErrorStrategy(), tokens);
    if (tree.isEmpty()) {
      tree = mistakes(rule);
    }
    tree.ifPresent(t -> new Commas(new Spans(scan.file()), tokens, diagnostics).check(t));
    return tree;
  }

  /**
   * Reports each entry of a block that does not parse, and parses on without it. The tree of a
   * portion with a mistake is of no use: an entry of it is missing.
   */
  private <T extends ParserRuleContext> Optional<T> mistakes(Function<FlowExpParser, T> rule) {
    List<Token> left = tokens;
    // The names of an import are no fields.
    boolean block = !Words.is(tokens.get(0), "import") && tokens.size() <= LONGEST_TO_MEND;
    int most = block ? MOST_MISTAKES : 1;
    for (int i = 0; i < most; i++) {
      OneError mistake = new OneError();
      Optional<T> tree = attempt(rule, PredictionMode.LL, mistake, left);
      if (mistake.failure().isEmpty()) {
        return i == 0 ? tree : Optional.empty();
      }
      OneError.Failure failure = mistake.failure().get();
      Optional<Diagnostic> bracket = bracket(failure, left);
      if (bracket.isPresent()) {
        report(bracket.get(), tokens.get(0).getStartIndex(), end);
        return Optional.empty();
      }
      Optional<Entry> entry = Entry.around(left, failure.token());
      report(
          Mistake.of(scan, left, failure),
          entry.map(Entry::start).orElse(tokens.get(0).getStartIndex()),
          entry.map(Entry::end).orElse(end));
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      left = entry.get().others();
    }
    return Optional.empty();
  }

  /** A bracket out of order spoils what follows it, but not what stands before it. */
  private Optional<Diagnostic> bracket(OneError.Failure failure, List<Token> left) {
    int failed = failure.token().getStartIndex();
    return Brackets.mistake(scan, left)
        .filter(bracket -> failed >= bracket.primary().span().start() + (isOpen(bracket) ? 1 : 0));
  }

  private static boolean isOpen(Diagnostic bracket) {
    return "([{".contains(bracket.primary().span().text());
  }

  private <T extends ParserRuleContext> Optional<T> attempt(
      Function<FlowExpParser, T> rule,
      PredictionMode mode,
      ANTLRErrorStrategy strategy,
      List<Token> read) {
    FlowExpParser parser =
        new FlowExpParser(new CommonTokenStream(new ListTokenSource(read, scan.file().name())));
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
  private void report(Diagnostic diagnostic, int from, int to) {
    if (!scan.hasFault(from, to)) {
      diagnostics.add(diagnostic);
    }
  }
}
