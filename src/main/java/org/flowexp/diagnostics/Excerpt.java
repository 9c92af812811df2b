package org.flowexp.diagnostics;

import org.flowexp.source.Position;
import org.flowexp.source.Span;

/**
 * The line a span begins on, as a terminal shows it: tabs expanded, a long line cut to what is
 * around the span.
 *
 * @param indent columns before the caret
 * @param width columns of the caret
 */
record Excerpt(String line, int indent, int width) {
  private static final int TAB = 4;
  private static final int WIDEST = 100;
  private static final int LEAD = 40;
  private static final String CUT = "…";

  static Excerpt of(Span span) {
    Position start = span.startPosition();
    String line = span.file().line(start.line());
    int from = Math.min(start.column() - 1, line.length());
    int to = Math.min(from + Math.max(span.end() - span.start(), 0), line.length());
    return new Columns(line, from, to).excerpt();
  }

  /** Lays a line out column by column; looks no further along a long line than it must. */
  private static final class Columns {
    private final String line;
    private final int from;
    private final int to;
    private final StringBuilder shown = new StringBuilder();
    private int column;

    Columns(String line, int from, int to) {
      this.line = line;
      this.from = from;
      this.to = to;
    }

    Excerpt excerpt() {
      boolean fits = line.length() <= WIDEST;
      int first = fits || from <= LEAD ? 0 : boundary(from - LEAD);
      int last = fits ? line.length() : boundary(Math.min(line.length(), first + WIDEST));
      last = Math.max(last, Math.min(from, line.length()));
      if (first > 0) {
        append(CUT.codePointAt(0));
      }
      show(first, from);
      int indent = column;
      show(from, Math.min(to, last));
      int width = Math.max(1, column - indent);
      show(Math.min(to, last), last);
      String rest = last < line.length() ? CUT : "";
      return new Excerpt(shown + rest, indent, width);
    }

    private int boundary(int offset) {
      boolean inside =
          offset > 0
              && offset < line.length()
              && Character.isLowSurrogate(line.charAt(offset))
              && Character.isHighSurrogate(line.charAt(offset - 1));
      return inside ? offset - 1 : offset;
    }

    private void show(int start, int end) {
      for (int i = start; i < end; ) {
        int point = line.codePointAt(i);
        append(point);
        i += Character.charCount(point);
      }
    }

    private void append(int point) {
      if (point == '\t') {
        int blanks = TAB - column % TAB;
        shown.append(" ".repeat(blanks));
        column += blanks;
      } else {
        shown.appendCodePoint(Paint.printable(point));
        column += columns(Paint.printable(point));
      }
    }
  }

  /** East Asian wide characters and emoji take two columns, combining marks none. */
  private static int columns(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x1F300 && point <= 0x1FAFF)
            || (point >= 0x20000 && point <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
