package org.flowexp.grammar;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/** The places where the layout of a FlowExp file matters. */
abstract class FlowExpParserBase extends Parser {
  FlowExpParserBase(TokenStream input) {
    super(input);
  }

  /** A unit sits on the line of its number. */
  boolean sameLine() {
    return before().getLine() == next().getLine();
  }

  /** {@code kJ/mol} is a unit, {@code a / b} and {@code 3 nm/2} are arithmetic. */
  boolean unitGoesOn() {
    return next().getText().equals("/")
        && adjacent(before(), next())
        && adjacent(next(), _input.LT(2))
        && Character.isLetter(_input.LT(2).getText().codePointAt(0));
  }

  /** {@code 3 nm^2} has the unit nm^2; {@code 3 nm ^ 2} is the square of 3 nm. */
  boolean powerOfUnit() {
    return next().getText().equals("^") && adjacent(before(), next());
  }

  private static boolean adjacent(Token left, Token right) {
    return left.getStopIndex() + 1 == right.getStartIndex();
  }

  private Token before() {
    return _input.LT(-1);
  }

  private Token next() {
    return _input.LT(1);
  }
}
