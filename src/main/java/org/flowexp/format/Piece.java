package org.flowexp.format;

/**
 * A stretch of text that is never broken, and how it stands to what is before it.
 *
 * @param start where it stands in the source; -1 for what the tree does not place, such as commas
 * @param end where it ends in the source
 */
record Piece(
    String text,
    int start,
    int end,
    Gap gap,
    Place place,
    Separator separator,
    Line line,
    Bracket bracket) {

  /** On one line with what is before it. */
  enum Gap {
    TIGHT,
    SPACE
  }

  /** Does it begin an entry of the innermost bracket, or go on with one? */
  enum Place {
    ENTRY,
    CONTINUATION
  }

  /** What divides it from the entry before. */
  enum Separator {
    NONE,
    COMMA,
    COMMA_OR_LINE
  }

  /** When it begins a line. */
  enum Line {
    NEVER,
    AS_WRITTEN,
    ALWAYS
  }

  enum Bracket {
    NONE,
    OPEN,
    CLOSE
  }

  boolean placed() {
    return start >= 0;
  }

  boolean opens() {
    return bracket == Bracket.OPEN;
  }

  boolean closes() {
    return bracket == Bracket.CLOSE;
  }
}
