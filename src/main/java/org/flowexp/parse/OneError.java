package org.flowexp.parse;

import java.util.Optional;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * Stops at the first mistake and remembers what could have stood there: ANTLR's own set names only
 * what follows once all optional parts are left out, so the sets met on the way are added up.
 */
final class OneError extends DefaultErrorStrategy {
  private final IntervalSet met = new IntervalSet();
  private int metAt = -1;
  private Optional<Failure> failure = Optional.empty();

  /**
   * @param expected the types of the tokens that could stand here
   */
  record Failure(Token token, IntervalSet expected) {}

  Optional<Failure> failure() {
    return failure;
  }

  @Override
  public void sync(Parser recognizer) {
    int index = recognizer.getInputStream().index();
    if (index != metAt) {
      met.clear();
      metAt = index;
    }
    met.addAll(recognizer.getExpectedTokens());
  }

  @Override
  public void reportError(Parser recognizer, RecognitionException e) {}

  @Override
  public void recover(Parser recognizer, RecognitionException e) {
    Token token = e.getOffendingToken();
    IntervalSet expected = new IntervalSet();
    if (token.getTokenIndex() == metAt) {
      expected.addAll(met);
    }
    if (e instanceof NoViableAltException stuck
        && token.getTokenIndex() > recognizer.getInputStream().index()) {
      expected.addAll(afterLookahead(stuck));
    } else {
      expected.addAll(recognizer.getExpectedTokens());
    }
    throw stop(token, expected);
  }

  @Override
  public Token recoverInline(Parser recognizer) {
    Token token = recognizer.getCurrentToken();
    IntervalSet expected = new IntervalSet();
    if (token.getTokenIndex() == metAt) {
      expected.addAll(met);
    }
    expected.addAll(recognizer.getExpectedTokens());
    throw stop(token, expected);
  }

  private ParseCancellationException stop(Token token, IntervalSet expected) {
    failure = Optional.of(new Failure(token, expected));
    return new ParseCancellationException();
  }

  /** What could stand where the lookahead, not the parse, came to an end. */
  private static IntervalSet afterLookahead(NoViableAltException stuck) {
    IntervalSet expected = new IntervalSet();
    if (stuck.getDeadEndConfigs() == null) {
      return expected;
    }
    for (ATNConfig config : stuck.getDeadEndConfigs()) {
      for (Transition transition : config.state.getTransitions()) {
        if (transition.label() != null && !transition.isEpsilon()) {
          expected.addAll(transition.label());
        }
      }
    }
    expected.remove(Token.EPSILON);
    return expected;
  }
}
